package io.framewarden.extraction.face.onnx;

import io.framewarden.extraction.face.AffineSampler;
import io.framewarden.extraction.face.DenseLandmarks;
import io.framewarden.extraction.face.FacePoint;
import io.framewarden.extraction.face.FrameScaler;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.SimilarityTransform;
import io.framewarden.extraction.face.align.LandmarkCrop;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The landmark network: a gray square around a face to 68 landmarks and to the log-odds that there
 * is a face. Made by {@code framewarden train-landmarks}; the one that is used by default lies in
 * the jar. Owns its native session until closed. One thread.
 */
public final class LandmarkNetwork implements AutoCloseable {
  /** Side of the square that the network takes, in pixels. */
  public static final int SIDE = 96;

  /** The input: gray 0..255, (n, 1, {@value #SIDE}, {@value #SIDE}). */
  public static final String CROPS = "crops";

  /** An output: x and y of each landmark in parts of the square's side, (n, 136). */
  public static final String LANDMARKS = "landmarks";

  /** An output: log-odds of a face, (n). */
  public static final String SCORE = "score";

  /** How much larger than the first square's the region of the frame is where others follow. */
  private static final double FURTHER_LOOKS = 1.3;

  private static final String BUNDLED = "landmarks-68.onnx";

  private final OnnxNetwork network;
  private final FloatBuffer input =
      ByteBuffer.allocateDirect(SIDE * SIDE * Float.BYTES)
          .order(ByteOrder.nativeOrder())
          .asFloatBuffer();

  private LandmarkNetwork(OnnxNetwork network) {
    this.network = network;
  }

  /** The network that lies in the jar. */
  public static LandmarkNetwork bundled() {
    try (InputStream in = LandmarkNetwork.class.getResourceAsStream(BUNDLED)) {
      if (in == null) {
        throw new IllegalStateException("the extraction's jar has no " + BUNDLED);
      }
      return new LandmarkNetwork(
          OnnxNetwork.of(Path.of(BUNDLED), in.readAllBytes(), List.of(LANDMARKS, SCORE)));
    } catch (IOException e) {
      throw new UncheckedIOException("the extraction's jar cannot be read for " + BUNDLED, e);
    }
  }

  /**
   * A network in a file.
   *
   * @throws io.framewarden.runtime.config.InvalidConfigurationException if the file is missing or
   *     is another network
   */
  public static LandmarkNetwork open(Path file) {
    return new LandmarkNetwork(OnnxNetwork.open(file, List.of(LANDMARKS, SCORE)));
  }

  /** sha256 of the network. */
  public String digest() {
    return network.digest();
  }

  /**
   * Finds the landmarks in one square of a frame.
   *
   * @param crop from the pixels of the square, {@value #SIDE} a side, to those of the frame
   * @return the landmarks in pixels of the frame
   */
  public DenseLandmarks find(AffineSampler frame, SimilarityTransform crop) {
    byte[] pixels = frame.sample(crop, SIDE);
    for (int i = 0; i < pixels.length; i++) {
      input.put(i, pixels[i] & 0xff);
    }
    Map<String, float[]> outputs = network.run(input.rewind(), 1, 1, SIDE, SIDE);
    float[] values = outputs.get(LANDMARKS);
    List<FacePoint> points = new ArrayList<>(DenseLandmarks.POINTS);
    for (int i = 0; i < DenseLandmarks.POINTS; i++) {
      points.add(crop.apply(new FacePoint(values[2 * i] * SIDE, values[2 * i + 1] * SIDE)));
    }
    return new DenseLandmarks(points, outputs.get(SCORE)[0]);
  }

  /**
   * Finds the landmarks in a square of a frame, and looks again: each further look is at the square
   * around what the one before it found, where upright and centred it finds them better. The frame
   * around the square is reduced by area first, so that a large face costs no more than a small
   * one.
   *
   * @param crop as for {@link #find(AffineSampler, SimilarityTransform)}; may be off by a quarter
   *     of its side and 40 degrees
   * @param looks at least 1
   * @return the landmarks in pixels of the frame
   */
  public DenseLandmarks find(GrayImage frame, SimilarityTransform crop, int looks) {
    FacePoint centre = crop.apply(new FacePoint(SIDE / 2f, SIDE / 2f));
    double reach = SIDE * (Math.abs(crop.a()) + Math.abs(crop.b()));
    int side = (int) Math.ceil(looks > 1 ? FURTHER_LOOKS * reach : reach);
    int left = Math.round(centre.x() - side / 2f);
    int top = Math.round(centre.y() - side / 2f);
    // Rounded down: where a pixel is no smaller than the square's, one sample each is enough.
    int size = Math.max(1, Math.min(side, (int) (side / crop.scale())));
    AffineSampler region =
        new AffineSampler(FrameScaler.toSize(frame.square(left, top, side), size, size));
    SimilarityTransform toFrame = new SimilarityTransform((double) side / size, 0, left, top);
    DenseLandmarks found = find(region, toFrame.inverse().after(crop));
    for (int look = 1; look < looks; look++) {
      found = find(region, LandmarkCrop.of(found, SIDE));
    }
    return found.moved(toFrame);
  }

  @Override
  public void close() {
    network.close();
  }
}
