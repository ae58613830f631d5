package io.framewarden.extraction.face.onnx;

import io.framewarden.extraction.face.AffineSampler;
import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.FaceDetector;
import io.framewarden.extraction.face.FaceDetectorConfig;
import io.framewarden.extraction.face.FacePoint;
import io.framewarden.extraction.face.FrameScaler;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.NonMaximumSuppression;
import io.framewarden.extraction.face.RecipeText;
import io.framewarden.runtime.config.InvalidConfigurationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * MTCNN (Zhang et al. 2016): P-Net proposes windows on an image pyramid, R-Net refines them, O-Net
 * decides and adds five landmarks. The networks were trained on colour: luma goes into all three
 * channels.
 *
 * <p>Owns native memory until closed. One thread.
 */
public final class MtcnnDetector implements FaceDetector {
  private static final double PYRAMID_STEP = 0.709;
  private static final double PROPOSAL_SCORE = 0.6;
  private static final double REFINED_SCORE = 0.7;
  private static final double LEVEL_OVERLAP = 0.5;
  private static final double MAX_OVERLAP = 0.7;
  private static final int REFINED_SIDE = 24;
  private static final int OUTPUT_SIDE = 48;

  /** Bounds the work that one hostile frame can cause; a crowd stays far below. */
  private static final int MAX_WINDOWS = 400;

  private final ProposalNetwork proposals;
  private final RefinementNetwork refine;
  private final RefinementNetwork decide;
  private final FaceDetectorConfig config;

  private MtcnnDetector(
      ProposalNetwork proposals,
      RefinementNetwork refine,
      RefinementNetwork decide,
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
          new RefinementNetwork(second, REFINED_SIDE),
          new RefinementNetwork(third, OUTPUT_SIDE),
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
  public List<DetectedFace> detect(GrayImage frame) {
    GrayImage searched = FrameScaler.toLongSide(frame, config.longSide());
    double scale = (double) frame.width() / searched.width();
    AffineSampler sampler = new AffineSampler(searched);
    List<CandidateWindow> windows =
        propose(searched, Math.max(CandidateWindow.CELL, config.minSize() / scale));
    windows = refine(sampler, windows);
    List<DetectedFace> faces = new ArrayList<>();
    for (DetectedFace face : decide(sampler, windows, scale)) {
      if (face.box().width() >= config.minSize()) {
        faces.add(face);
      }
    }
    return NonMaximumSuppression.keep(faces, MAX_OVERLAP, NonMaximumSuppression.Measure.SMALLER);
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
        + RecipeText.number(MAX_OVERLAP)
        + " most_windows="
        + MAX_WINDOWS
        + " "
        + config.recipe();
  }

  @Override
  public void close() {
    proposals.close();
    refine.close();
    decide.close();
  }

  private List<CandidateWindow> propose(GrayImage frame, double minSize) {
    List<CandidateWindow> all = new ArrayList<>();
    int shorter = Math.min(frame.width(), frame.height());
    double scale = CandidateWindow.CELL / minSize;
    while (shorter * scale >= CandidateWindow.CELL) {
      int width = (int) Math.ceil(frame.width() * scale);
      int height = (int) Math.ceil(frame.height() * scale);
      GrayImage level = FrameScaler.toSize(frame, width, height);
      List<CandidateWindow> found = proposals.propose(level, (double) frame.width() / width);
      all.addAll(CandidateWindow.best(found, LEVEL_OVERLAP, MAX_WINDOWS));
      scale *= PYRAMID_STEP;
    }
    return CandidateWindow.best(all, MAX_OVERLAP, MAX_WINDOWS).stream()
        .map(window -> window.calibrate().square())
        .toList();
  }

  private List<CandidateWindow> refine(AffineSampler sampler, List<CandidateWindow> windows) {
    Map<String, float[]> outputs = refine.run(sampler, windows);
    List<CandidateWindow> kept = new ArrayList<>();
    for (int i = 0; i < windows.size(); i++) {
      float score = outputs.get("cls")[2 * i + 1];
      if (score >= REFINED_SCORE) {
        kept.add(windows.get(i).withOutputs(score, outputs.get("box"), 4 * i));
      }
    }
    return CandidateWindow.best(kept, MAX_OVERLAP, MAX_WINDOWS).stream()
        .map(window -> window.calibrate().square())
        .toList();
  }

  private List<DetectedFace> decide(
      AffineSampler sampler, List<CandidateWindow> windows, double scale) {
    Map<String, float[]> outputs = decide.run(sampler, windows);
    List<DetectedFace> faces = new ArrayList<>();
    for (int i = 0; i < windows.size(); i++) {
      float score = outputs.get("cls")[2 * i + 1];
      CandidateWindow window = windows.get(i);
      CandidateWindow refined = window.withOutputs(score, outputs.get("box"), 4 * i).calibrate();
      if (score >= config.minConfidence() && !refined.isEmpty()) {
        List<FacePoint> points = window.points(outputs.get("lm"), 10 * i, scale);
        faces.add(new DetectedFace(refined.box(scale), points, Math.min(1, score)));
      }
    }
    return faces;
  }
}
