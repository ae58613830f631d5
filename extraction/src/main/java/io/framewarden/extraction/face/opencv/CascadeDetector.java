package io.framewarden.extraction.face.opencv;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;

import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.FaceBox;
import io.framewarden.extraction.face.FaceDetector;
import io.framewarden.extraction.face.FaceDetectorConfig;
import io.framewarden.extraction.face.FrameScaler;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.NonMaximumSuppression;
import io.framewarden.extraction.face.RecipeText;
import io.framewarden.runtime.process.NativeLibraries;
import io.framewarden.schemas.model.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.FileNode;
import org.bytedeco.opencv.opencv_core.FileStorage;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.RectVector;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_objdetect.CascadeClassifier;

/**
 * OpenCV's frontal-face Haar cascade (Viola and Jones 2001; the tree-based "alt2" training), read
 * from the OpenCV jar itself: no model file, no temporary file. Boxes, no landmarks; it misses most
 * profiles.
 *
 * <p>It searches the luma as it is: the cascade normalizes each window by its own deviation, and
 * equalizing the histogram first found no more faces in photographs but more false ones.
 *
 * <p>Owns the native cascade until closed. Sets OpenCV to one thread in the whole process, because
 * boxes are averaged in the order in which threads find them. One thread.
 */
public final class CascadeDetector implements FaceDetector {
  private static final String CASCADE = "haarcascade_frontalface_alt2.xml";

  /** Side of the cascade's window. */
  private static final int WINDOW_SIDE = 20;

  private static final double SCALE_STEP = 1.1;
  private static final int MIN_NEIGHBOURS = 3;

  /** Kept boxes overlap by at most this part of the smaller one. */
  private static final double MAX_OVERLAP = 0.4;

  /** The last stage's sum at a confidence of one half, and the width of the logistic. */
  private static final double WEIGHT_MIDDLE = 55;

  private static final double WEIGHT_WIDTH = 0.5;

  /** A probe's frame and step: about a tenth of the time of a search. */
  private static final int PROBE_LONG_SIDE = 320;

  private static final double PROBE_STEP = 1.2;
  private static final int PROBE_NEIGHBOURS = 2;

  private final CascadeClassifier cascade;
  private final FaceDetectorConfig config;
  private final String recipe;

  private CascadeDetector(CascadeClassifier cascade, FaceDetectorConfig config, String digest) {
    this.cascade = cascade;
    this.config = config;
    this.recipe =
        "cascade "
            + CASCADE
            + " sha256="
            + digest
            + " scale_step="
            + RecipeText.number(SCALE_STEP)
            + " min_neighbours="
            + MIN_NEIGHBOURS
            + " most_overlap="
            + RecipeText.number(MAX_OVERLAP)
            + " weight_middle="
            + RecipeText.number(WEIGHT_MIDDLE)
            + " weight_width="
            + RecipeText.number(WEIGHT_WIDTH)
            + " "
            + config.recipe();
  }

  /** Loads the cascade from the OpenCV jar. */
  public static CascadeDetector open(FaceDetectorConfig config) {
    NativeLibraries.prepare();
    Loader.load(org.bytedeco.opencv.global.opencv_objdetect.class);
    opencv_core.setNumThreads(1);
    byte[] definition = definition();
    CascadeClassifier cascade = new CascadeClassifier();
    // From memory: a sandboxed process may not be allowed to write a temporary file.
    String text = new String(definition, StandardCharsets.ISO_8859_1);
    try (FileStorage storage = new FileStorage(text, FileStorage.READ | FileStorage.MEMORY);
        FileNode root = storage.getFirstTopLevelNode()) {
      if (!cascade.read(root)) {
        cascade.close();
        throw new IllegalStateException("OpenCV cannot read its own " + CASCADE);
      }
    }
    return new CascadeDetector(cascade, config, Sha256.of(definition));
  }

  @Override
  public List<DetectedFace> detect(GrayImage frame) {
    GrayImage searched = FrameScaler.toLongSide(frame, config.longSide());
    double scale =
        Math.max(
            (double) frame.width() / searched.width(), (double) frame.height() / searched.height());
    int minSide = (int) Math.max(WINDOW_SIDE, Math.ceil(config.minSize() / scale));
    return search(frame, searched, minSide, SCALE_STEP, MIN_NEIGHBOURS);
  }

  @Override
  public List<DetectedFace> probe(GrayImage frame) {
    GrayImage searched = FrameScaler.toLongSide(frame, PROBE_LONG_SIDE);
    return search(frame, searched, PROBED_SIDE, PROBE_STEP, PROBE_NEIGHBOURS);
  }

  private List<DetectedFace> search(
      GrayImage frame, GrayImage searched, int minSide, double step, int neighbours) {
    double scaleX = (double) frame.width() / searched.width();
    double scaleY = (double) frame.height() / searched.height();
    List<DetectedFace> faces = new ArrayList<>();
    try (Mat pixels = new Mat(searched.height(), searched.width(), CV_8UC1);
        RectVector boxes = new RectVector();
        IntPointer stages = new IntPointer();
        DoublePointer weights = new DoublePointer();
        Size min = new Size(minSide, minSide);
        Size unlimited = new Size()) {
      pixels.data().put(searched.pixels());
      cascade.detectMultiScale3(
          pixels, boxes, stages, weights, step, neighbours, 0, min, unlimited, true);
      for (long i = 0; i < boxes.size(); i++) {
        float confidence = confidence(weights.get(i));
        if (confidence >= config.minConfidence()) {
          faces.add(new DetectedFace(box(boxes.get(i), scaleX, scaleY), List.of(), confidence));
        }
      }
    }
    return NonMaximumSuppression.keep(faces, MAX_OVERLAP, NonMaximumSuppression.Measure.SMALLER);
  }

  @Override
  public String recipe() {
    return recipe;
  }

  @Override
  public void close() {
    cascade.close();
  }

  private static FaceBox box(Rect rect, double scaleX, double scaleY) {
    return new FaceBox(
        (float) (rect.x() * scaleX),
        (float) (rect.y() * scaleY),
        (float) (rect.width() * scaleX),
        (float) (rect.height() * scaleY));
  }

  /**
   * The logistic of the last stage's sum. Faces in video lie mostly above 0.8; of 152 faces in
   * photographs 7 lay below 0.5.
   */
  private static float confidence(double weight) {
    return (float) (1 / (1 + StrictMath.exp((WEIGHT_MIDDLE - weight) / WEIGHT_WIDTH)));
  }

  private static byte[] definition() {
    String folder = "/org/bytedeco/opencv/" + Loader.getPlatform();
    // The Windows jars have no "share/opencv4".
    for (String place : List.of("/share/opencv4/haarcascades/", "/etc/haarcascades/")) {
      try (InputStream in = CascadeDetector.class.getResourceAsStream(folder + place + CASCADE)) {
        if (in != null) {
          return in.readAllBytes();
        }
      } catch (IOException e) {
        throw new IllegalStateException("the OpenCV jar cannot be read for " + CASCADE, e);
      }
    }
    throw new IllegalStateException(
        "the OpenCV jar for "
            + Loader.getPlatform()
            + " has no "
            + CASCADE
            + ": put org.bytedeco:opencv with that platform's classifier on the class path");
  }
}
