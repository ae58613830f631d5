package io.framewarden.trainer.landmark;

import io.framewarden.extraction.face.onnx.LandmarkNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The squares of one step: faces first, then backgrounds. A function of photographs, configuration
 * and step, whatever the number of threads.
 */
record LandmarkBatch(List<LandmarkSample> faces, List<LandmarkSample> backgrounds) {
  private static final int SQUARE = LandmarkNetwork.SIDE * LandmarkNetwork.SIDE;
  private static final long STEP_STRIDE = 1_000_003;
  private static final long SAMPLE_STRIDE = 7919;

  /** Draws the squares of a step. */
  static LandmarkBatch draw(List<LabelledFace> people, LandmarkConfig config, long step) {
    List<LandmarkSample> all =
        IntStream.range(0, config.faces() + config.backgrounds())
            .parallel()
            .mapToObj(index -> sample(people, config, step, index))
            .toList();
    return new LandmarkBatch(
        all.subList(0, config.faces()), all.subList(config.faces(), all.size()));
  }

  private static LandmarkSample sample(
      List<LabelledFace> people, LandmarkConfig config, long step, int index) {
    SplittableRandom random =
        new SplittableRandom(config.seed() + step * STEP_STRIDE + index * SAMPLE_STRIDE);
    LabelledFace face = people.get(random.nextInt(people.size()));
    LabelledFace other = people.get(random.nextInt(people.size()));
    return index < config.faces()
        ? LandmarkAugmentation.face(face, other.image(), random)
        : Backgrounds.draw(face, random);
  }

  /** Faces, then backgrounds. */
  List<LandmarkSample> samples() {
    List<LandmarkSample> samples = new ArrayList<>(faces);
    samples.addAll(backgrounds);
    return samples;
  }

  /** The squares as one batch, gray 0..255, in the order of faces, then backgrounds. */
  float[] pixels() {
    float[] pixels = new float[(faces.size() + backgrounds.size()) * SQUARE];
    int at = 0;
    for (LandmarkSample sample : samples()) {
      for (byte pixel : sample.pixels()) {
        pixels[at++] = pixel & 0xff;
      }
    }
    return pixels;
  }

  /** The landmarks of the faces, one face after the other. */
  float[] points() {
    int count = faces.get(0).points().length;
    float[] points = new float[faces.size() * count];
    for (int i = 0; i < faces.size(); i++) {
      System.arraycopy(faces.get(i).points(), 0, points, i * count, count);
    }
    return points;
  }
}
