package io.framewarden.detector.engine;

import com.google.protobuf.ByteString;
import io.framewarden.schemas.model.FaceShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An engine of programs that take one batch size each: a batch is split into parts, the last of
 * them padded with black faces whose scores are dropped. For one thread at a time; owns its
 * programs.
 */
public final class BucketedEngine implements InferenceEngine {
  private final String name;
  private final Precision precision;
  private final FaceShape shape;
  private final BatchBuckets buckets;
  private final Map<Integer, ? extends BucketProgram> programs;
  private final ByteString black;

  /**
   * @param shape of the faces that the model takes
   * @param programs by batch size
   */
  public BucketedEngine(
      String name,
      Precision precision,
      FaceShape shape,
      Map<Integer, ? extends BucketProgram> programs) {
    this.name = name;
    this.precision = precision;
    this.shape = shape;
    this.buckets = new BatchBuckets(List.copyOf(programs.keySet()));
    this.programs = Map.copyOf(programs);
    this.black = ByteString.copyFrom(new byte[shape.bytes()]);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Precision precision() {
    return precision;
  }

  @Override
  public List<Integer> batchSizes() {
    return buckets.sizes();
  }

  @Override
  public int padding(int faces) {
    return buckets.padding(faces);
  }

  @Override
  public Scores score(FaceBatch batch) {
    batch.requireShape(shape);
    List<Scores> answers = new ArrayList<>();
    int from = 0;
    for (BatchBuckets.Part part : buckets.split(batch.size())) {
      FaceBatch rows = pad(batch.faces().subList(from, from + part.faces()), part.padding());
      answers.add(programs.get(part.bucket()).score(rows).first(part.faces()));
      from += part.faces();
    }
    return Scores.concat(answers);
  }

  private FaceBatch pad(List<ByteString> faces, int padding) {
    List<ByteString> rows = new ArrayList<>(faces);
    for (int i = 0; i < padding; i++) {
      rows.add(black);
    }
    return new FaceBatch(shape, rows);
  }

  @Override
  public void close() {
    programs.values().forEach(BucketProgram::close);
  }
}
