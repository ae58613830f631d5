package io.framewarden.extraction.face.onnx;

import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.FaceBox;
import io.framewarden.extraction.face.FaceDetector;
import io.framewarden.extraction.face.FaceDetectorConfig;
import io.framewarden.extraction.face.FacePoint;
import io.framewarden.extraction.face.FrameScaler;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.NonMaximumSuppression;
import io.framewarden.extraction.face.RecipeText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * YuNet (Wu, Peng and Yu 2023): boxes and five landmarks in one pass, by a network without anchors
 * whose heads have strides of 8, 16 and 32 pixels. The frame is scaled down to the configured
 * longer side, or to the file's own size where that is fixed, and padded with black to the right
 * and below up to a multiple of 32. The network was trained on colour: luma goes into all three
 * channels.
 *
 * <p>Owns native memory until closed. One thread.
 */
public final class YuNetDetector implements FaceDetector {
  private static final int[] STRIDES = {8, 16, 32};
  private static final List<String> HEADS = List.of("cls_", "obj_", "bbox_", "kps_");
  private static final int CHANNELS = 3;

  /** Kept boxes have at most this intersection over union. */
  private static final double MAX_OVERLAP = 0.3;

  private final OnnxNetwork network;
  private final FaceDetectorConfig config;

  /** Width and height of the network's input where the file fixes it, else -1. */
  private final int fixedWidth;

  private final int fixedHeight;
  private FloatBuffer input = buffer(0);

  private YuNetDetector(OnnxNetwork network, FaceDetectorConfig config) {
    this.network = network;
    this.config = config;
    long[] shape = network.inputShape();
    this.fixedHeight = (int) shape[2];
    this.fixedWidth = (int) shape[3];
  }

  /**
   * Loads the network.
   *
   * @throws io.framewarden.runtime.config.InvalidConfigurationException if the file is missing or
   *     not a YuNet
   */
  public static YuNetDetector open(FaceDetectorConfig config, Path model) {
    List<String> outputs = new ArrayList<>();
    for (int stride : STRIDES) {
      HEADS.forEach(head -> outputs.add(head + stride));
    }
    OnnxNetwork network = OnnxNetwork.open(model, outputs);
    long[] shape = network.inputShape();
    if (shape.length != 4 || shape[1] != CHANNELS || shape[2] % 32 > 0 || shape[3] % 32 > 0) {
      network.close();
      throw OnnxNetwork.unusable(model, "does not have the input of a YuNet");
    }
    return new YuNetDetector(network, config);
  }

  @Override
  public List<DetectedFace> detect(GrayImage frame) {
    GrayImage searched = scaleDown(frame);
    int width = fixedWidth > 0 ? fixedWidth : upTo32(searched.width());
    int height = fixedHeight > 0 ? fixedHeight : upTo32(searched.height());
    fill(searched, width, height);
    Map<String, float[]> heads = network.run(input, 1, CHANNELS, height, width);
    List<DetectedFace> faces = new ArrayList<>();
    for (int stride : STRIDES) {
      decode(heads, stride, width / stride, frame, searched, faces);
    }
    return NonMaximumSuppression.keep(faces, MAX_OVERLAP, NonMaximumSuppression.Measure.UNION);
  }

  @Override
  public String recipe() {
    return "yunet sha256="
        + network.digest()
        + " most_overlap="
        + RecipeText.number(MAX_OVERLAP)
        + " "
        + config.recipe();
  }

  @Override
  public void close() {
    network.close();
  }

  private GrayImage scaleDown(GrayImage frame) {
    double share = Math.min(1, config.longSide() / (double) longer(frame));
    if (fixedWidth > 0) {
      share = Math.min(share, fixedWidth / (double) frame.width());
    }
    if (fixedHeight > 0) {
      share = Math.min(share, fixedHeight / (double) frame.height());
    }
    return FrameScaler.toLongSide(frame, (int) Math.max(1, longer(frame) * share + 1e-6));
  }

  private static int longer(GrayImage frame) {
    return Math.max(frame.width(), frame.height());
  }

  private static int upTo32(int side) {
    return (side + 31) / 32 * 32;
  }

  /** Writes the frame to the upper left of all channels, 0 to 255; the rest is black. */
  private void fill(GrayImage frame, int width, int height) {
    int plane = width * height;
    if (input.capacity() != CHANNELS * plane) {
      input = buffer(CHANNELS * plane);
    }
    float[] values = new float[plane];
    for (int y = 0; y < frame.height(); y++) {
      for (int x = 0; x < frame.width(); x++) {
        values[y * width + x] = frame.at(x, y);
      }
    }
    for (int channel = 0; channel < CHANNELS; channel++) {
      input.put(channel * plane, values);
    }
  }

  private void decode(
      Map<String, float[]> heads,
      int stride,
      int columns,
      GrayImage frame,
      GrayImage searched,
      List<DetectedFace> faces) {
    float[] classes = heads.get("cls_" + stride);
    float[] objects = heads.get("obj_" + stride);
    float[] boxes = heads.get("bbox_" + stride);
    float[] points = heads.get("kps_" + stride);
    Cell toSource =
        new Cell(
            stride,
            (double) frame.width() / searched.width(),
            (double) frame.height() / searched.height());
    for (int i = 0; i < classes.length; i++) {
      double score = Math.sqrt(unit(classes[i]) * unit(objects[i]));
      if (score >= config.minConfidence()) {
        int column = i % columns;
        int row = i / columns;
        FaceBox box = toSource.box(boxes, i * 4, column, row);
        if (box.width() >= config.minSize()) {
          faces.add(
              new DetectedFace(box, toSource.points(points, i * 10, column, row), (float) score));
        }
      }
    }
  }

  private static double unit(float value) {
    return Math.max(0, Math.min(1, value));
  }

  private static FloatBuffer buffer(int values) {
    return ByteBuffer.allocateDirect(values * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  /** From offsets in cells of a head to source pixels. */
  private record Cell(int stride, double scaleX, double scaleY) {
    FaceBox box(float[] offsets, int at, int column, int row) {
      double width = StrictMath.exp(offsets[at + 2]);
      double height = StrictMath.exp(offsets[at + 3]);
      return new FaceBox(
          (float) ((column + offsets[at] - width / 2) * stride * scaleX),
          (float) ((row + offsets[at + 1] - height / 2) * stride * scaleY),
          (float) (width * stride * scaleX),
          (float) (height * stride * scaleY));
    }

    List<FacePoint> points(float[] offsets, int at, int column, int row) {
      List<FacePoint> points = new ArrayList<>();
      for (int i = at; i < at + 2 * DetectedFace.LANDMARKS; i += 2) {
        points.add(
            new FacePoint(
                (float) ((column + offsets[i]) * stride * scaleX),
                (float) ((row + offsets[i + 1]) * stride * scaleY)));
      }
      return points;
    }
  }
}
