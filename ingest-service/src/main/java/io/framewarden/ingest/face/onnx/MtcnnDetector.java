package io.framewarden.ingest.face.onnx;

import io.framewarden.ingest.face.DetectedFace;
import io.framewarden.ingest.face.FaceDetector;
import io.framewarden.ingest.face.FaceDetectorConfig;
import io.framewarden.ingest.face.FacePoint;
import io.framewarden.ingest.face.GrayImage;
import io.framewarden.ingest.face.PictureReducer;
import io.framewarden.ingest.face.PictureSampler;
import io.framewarden.ingest.face.RecipeText;
import io.framewarden.ingest.face.Suppression;
import io.framewarden.runtime.config.InvalidConfigurationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * MTCNN (Zhang et al. 2016): P-Net proposes windows on a pyramid of ever smaller pictures, R-Net
 * refines them, O-Net decides and gives five landmarks. The networks were made for colour: luma
 * goes into all three channels.
 *
 * <p>Owns native memory until closed. One thread.
 */
public final class MtcnnDetector implements FaceDetector {
  private static final double PYRAMID_STEP = 0.709;
  private static final double PROPOSAL_SCORE = 0.6;
  private static final double REFINED_SCORE = 0.7;
  private static final double LEVEL_OVERLAP = 0.5;
  private static final double MOST_OVERLAP = 0.7;
  private static final int REFINED_SIDE = 24;
  private static final int OUTPUT_SIDE = 48;

  /** Bounds the work that one hostile picture can make; a crowd stays far below. */
  private static final int MOST_WINDOWS = 400;

  private final ProposalNetwork proposals;
  private final WindowNetwork refine;
  private final WindowNetwork decide;
  private final FaceDetectorConfig config;

  private MtcnnDetector(
      ProposalNetwork proposals,
      WindowNetwork refine,
      WindowNetwork decide,
      FaceDetectorConfig config) {
    this.proposals = proposals;
    this.refine = refine;
    this.decide = decide;
    this.config = config;
  }

  /**
   * Loads the three networks of a folder.
   *
   * @throws InvalidConfigurationException if one is missing or is another network
   */
  public static MtcnnDetector open(FaceDetectorConfig config, Path folder) {
    OnnxNetwork first = OnnxNetwork.open(folder.resolve("pnet.onnx"), List.of("box", "cls"));
    OnnxNetwork second = null;
    try {
      second = OnnxNetwork.open(folder.resolve("rnet.onnx"), List.of("box", "cls"));
      OnnxNetwork third =
          OnnxNetwork.open(folder.resolve("onet.onnx"), List.of("box", "cls", "lm"));
      return new MtcnnDetector(
          new ProposalNetwork(first, PROPOSAL_SCORE),
          new WindowNetwork(second, REFINED_SIDE),
          new WindowNetwork(third, OUTPUT_SIDE),
          config);
    } catch (InvalidConfigurationException e) {
      first.close();
      if (second != null) {
        second.close();
      }
      throw e;
    }
  }

  @Override
  public List<DetectedFace> detect(GrayImage picture) {
    GrayImage searched = PictureReducer.toLongSide(picture, config.longSide());
    double scale = (double) picture.width() / searched.width();
    PictureSampler sampler = new PictureSampler(searched);
    List<Window> windows = propose(searched, Math.max(Window.CELL, config.minSize() / scale));
    windows = refine(sampler, windows);
    List<DetectedFace> faces = new ArrayList<>();
    for (DetectedFace face : decide(sampler, windows, scale)) {
      if (face.box().width() >= config.minSize()) {
        faces.add(face);
      }
    }
    return Suppression.keep(faces, MOST_OVERLAP, Suppression.Measure.SMALLER);
  }

  @Override
  public String recipe() {
    return "mtcnn pnet="
        + proposals.digest()
        + " rnet="
        + refine.digest()
        + " onet="
        + decide.digest()
        + " pyramid_step="
        + RecipeText.number(PYRAMID_STEP)
        + " proposal_score="
        + RecipeText.number(PROPOSAL_SCORE)
        + " refined_score="
        + RecipeText.number(REFINED_SCORE)
        + " level_overlap="
        + RecipeText.number(LEVEL_OVERLAP)
        + " most_overlap="
        + RecipeText.number(MOST_OVERLAP)
        + " most_windows="
        + MOST_WINDOWS
        + " "
        + config.recipe();
  }

  @Override
  public void close() {
    proposals.close();
    refine.close();
    decide.close();
  }

  private List<Window> propose(GrayImage picture, double smallest) {
    List<Window> all = new ArrayList<>();
    int shorter = Math.min(picture.width(), picture.height());
    double scale = Window.CELL / smallest;
    while (shorter * scale >= Window.CELL) {
      int width = (int) Math.ceil(picture.width() * scale);
      int height = (int) Math.ceil(picture.height() * scale);
      GrayImage level = PictureReducer.toSize(picture, width, height);
      List<Window> found = proposals.propose(level, (double) picture.width() / width);
      all.addAll(Window.best(found, LEVEL_OVERLAP, MOST_WINDOWS));
      scale *= PYRAMID_STEP;
    }
    return Window.best(all, MOST_OVERLAP, MOST_WINDOWS).stream()
        .map(window -> window.calibrated().squared())
        .toList();
  }

  private List<Window> refine(PictureSampler sampler, List<Window> windows) {
    Map<String, float[]> answer = refine.run(sampler, windows);
    List<Window> kept = new ArrayList<>();
    for (int i = 0; i < windows.size(); i++) {
      float score = answer.get("cls")[2 * i + 1];
      if (score >= REFINED_SCORE) {
        kept.add(windows.get(i).judged(score, answer.get("box"), 4 * i));
      }
    }
    return Window.best(kept, MOST_OVERLAP, MOST_WINDOWS).stream()
        .map(window -> window.calibrated().squared())
        .toList();
  }

  private List<DetectedFace> decide(PictureSampler sampler, List<Window> windows, double scale) {
    Map<String, float[]> answer = decide.run(sampler, windows);
    List<DetectedFace> faces = new ArrayList<>();
    for (int i = 0; i < windows.size(); i++) {
      float score = answer.get("cls")[2 * i + 1];
      Window window = windows.get(i);
      Window judged = window.judged(score, answer.get("box"), 4 * i).calibrated();
      if (score >= config.minConfidence() && !judged.isEmpty()) {
        List<FacePoint> points = window.points(answer.get("lm"), 10 * i, scale);
        faces.add(new DetectedFace(judged.box(scale), points, Math.min(1, score)));
      }
    }
    return faces;
  }
}
