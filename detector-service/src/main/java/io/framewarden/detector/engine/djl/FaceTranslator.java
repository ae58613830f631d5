package io.framewarden.detector.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslatorContext;
import com.google.protobuf.ByteString;
import io.framewarden.detector.engine.FaceBatch;
import io.framewarden.detector.engine.InferenceException;
import io.framewarden.detector.engine.Scores;
import io.framewarden.schemas.model.FaceShape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Faces to the graph's input tensor, float32 [N, channels, height, width] with values 0..255, and
 * its {@code logit} and {@code attention} outputs to scores. The buffers are kept, and the input's
 * grows to the largest batch; the predictor's one thread fills them for each batch.
 */
final class FaceTranslator implements NoBatchifyTranslator<FaceBatch, Scores> {
  private static final String LOGIT = "logit";
  private static final String ATTENTION = "attention";
  private static final float[] LEVELS = new float[256];

  static {
    for (int i = 0; i < LEVELS.length; i++) {
      LEVELS[i] = i;
    }
  }

  private final String inputName;
  private FloatBuffer buffer = FloatBuffer.allocate(0);
  private byte[] row = new byte[0];
  private float[] planes = new float[0];
  private long inputNanos;

  FaceTranslator(String inputName) {
    this.inputName = inputName;
  }

  @Override
  public NDList processInput(TranslatorContext context, FaceBatch batch) {
    long begin = System.nanoTime();
    FaceShape face = batch.shape();
    int size = batch.size() * face.bytes();
    if (buffer.capacity() < size) {
      buffer =
          ByteBuffer.allocateDirect(size * Float.BYTES)
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
    }
    buffer.clear();
    if (row.length != face.bytes()) {
      row = new byte[face.bytes()];
      planes = new float[row.length];
    }
    for (ByteString pixels : batch.faces()) {
      pixels.copyTo(row, 0);
      separate(face.channels());
      buffer.put(planes);
    }
    buffer.flip();
    NDArray faces =
        context
            .getNDManager()
            .create(
                buffer,
                new Shape(batch.size(), face.channels(), face.height(), face.width()),
                DataType.FLOAT32);
    faces.setName(inputName);
    inputNanos = System.nanoTime() - begin;
    return new NDList(faces);
  }

  /** One face's pixels, channel after channel. */
  private void separate(int channels) {
    int pixels = row.length / channels;
    for (int channel = 0; channel < channels; channel++) {
      for (int i = 0, at = channel; i < pixels; i++, at += channels) {
        planes[channel * pixels + i] = LEVELS[row[at] & 0xff];
      }
    }
  }

  @Override
  public Scores processOutput(TranslatorContext context, NDList outputs) {
    NDArray logit = named(outputs, LOGIT);
    NDArray attention = named(outputs, ATTENTION);
    Shape map = attention.getShape();
    if (logit.getShape().dimension() != 1
        || map.dimension() != 3
        || map.get(0) != logit.getShape().get(0)) {
      throw new InferenceException(
          "the graph gives logit "
              + logit.getShape()
              + " and attention "
              + map
              + ", wanted (N) and (N, h, w)");
    }
    long begin = System.nanoTime();
    Scores scores =
        new Scores(
            logit.toFloatArray(), attention.toFloatArray(), (int) map.get(2), (int) map.get(1));
    return scores.transferredIn(inputNanos + System.nanoTime() - begin);
  }

  private static NDArray named(NDList outputs, String name) {
    NDArray output = outputs.get(name);
    if (output == null) {
      throw new InferenceException("the graph has no output named " + name);
    }
    return output;
  }
}
