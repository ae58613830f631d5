package io.framewarden.detector.scoring;

import static io.framewarden.detector.scoring.Frames.frame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.NullNode;
import com.google.protobuf.ByteString;
import io.framewarden.detector.TinyModel;
import io.framewarden.detector.engine.FakeEngine;
import io.framewarden.detector.release.LoadedModel;
import io.framewarden.detector.release.ModelLoader;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.schemas.model.ModelManifest.Extraction;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FaceQuality;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.FrameScore;
import io.framewarden.v1.PixelFormat;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameScorerTest {
  private static final byte[] REAL = TinyModel.plain(60);
  private static final byte[] FAKE = TinyModel.plain(200);
  private static final byte[] POISON = TinyModel.plain(123);

  @TempDir Path folder;
  private final FakeEngine engine = new FakeEngine(face -> Arrays.equals(face, POISON));
  private final CollectorRegistry registry = new CollectorRegistry();
  private final ScoringMetrics metrics = new ScoringMetrics(registry);
  private LoadedModel model;

  @BeforeEach
  void load() throws Exception {
    TinyModel.write(folder, Frames.RECIPE);
    model = new ModelLoader(artifact -> engine, 4).load(folder);
    engine.takeBatchSizes();
  }

  @Test
  void aScoreNamesItsFrameModelAndEngine() {
    FrameScore score = scoreOf(frame(3, FAKE));

    assertEquals("v", score.getVideoId());
    assertEquals(9, score.getAttempt());
    assertEquals(3, score.getSeq());
    assertEquals(30, score.getFrameIndex());
    assertEquals(1_200_000, score.getPtsUs());
    assertEquals(2, score.getTrackId());
    assertEquals(1, score.getStream());
    assertEquals(3, score.getBox().getWidth());
    assertEquals(TinyModel.logit(FAKE), score.getLogit(), 1e-5);
    assertEquals(model.calibration().probability(score.getLogit()), score.getProbability());
    assertEquals(model.digest(), score.getModelDigest());
    assertEquals("tiny", score.getModelName());
    assertEquals("1", score.getModelVersion());
    assertEquals("fake", score.getEngine());
    assertEquals(Frames.RECIPE, score.getExtractionDigest());
    assertEquals(77, score.getScoredTimeUs());
    assertEquals(Frames.PARTITION, score.getOriginPartition());
    assertEquals(1003, score.getOriginOffset());
    assertFalse(score.getExtractionMismatch());
    assertEquals(FailureReason.FAILURE_REASON_UNSPECIFIED, score.getFailure());
  }

  @Test
  void aScoreCarriesTheQualityOfItsFaceFrame() {
    assertFalse(scoreOf(frame(3, FAKE)).hasQuality(), "a frame that says nothing of it");
    FaceFrame poor =
        frame(3, FAKE).toBuilder()
            .setQuality(FaceQuality.newBuilder().setValue(0.25f).setSize(0.5f))
            .build();
    assertEquals(0.25f, scoreOf(poor).getQuality());
  }

  @Test
  void aBadFrameDoesNotAffectItsBatch() {
    FaceFrame malformed = frame(1, new byte[5]);

    List<FrameScore> scores =
        Frames.scores(
            score(
                ExtractionMismatch.REFUSE,
                frame(0, REAL),
                malformed,
                frame(2, POISON),
                frame(3, FAKE)));

    assertEquals(List.of(0, 1, 2, 3), scores.stream().map(FrameScore::getSeq).toList());
    assertEquals(TinyModel.logit(REAL), scores.get(0).getLogit(), 1e-5);
    assertEquals(FailureReason.MALFORMED_PIXELS, scores.get(1).getFailure());
    assertEquals(FailureReason.NON_FINITE_SCORE, scores.get(2).getFailure());
    assertEquals(List.of(1, 1, 1, 1), scores.stream().map(FrameScore::getStream).toList());
    assertEquals(TinyModel.logit(FAKE), scores.get(3).getLogit(), 1e-5);
    assertEquals(List.of(3), engine.takeBatchSizes());
  }

  @Test
  void refusesPixelsThatAreNotWhatTheFrameOrTheModelSays() {
    FaceFrame wrongWidth = frame(0, REAL).toBuilder().setWidth(112).setHeight(448).build();
    FaceFrame small =
        frame(0, REAL).toBuilder()
            .setWidth(112)
            .setHeight(112)
            .setPixels(ByteString.copyFrom(new byte[112 * 112]))
            .build();
    FaceFrame huge = frame(0, REAL).toBuilder().setWidth(1 << 16).setHeight(1 << 16).build();
    FaceFrame empty = frame(0, new byte[0]);
    FaceFrame colour = frame(0, REAL).toBuilder().setFormat(PixelFormat.RGB8).build();
    FaceFrame unknown = frame(0, REAL).toBuilder().setFormatValue(77).build();

    for (FaceFrame bad : List.of(wrongWidth, small, huge, empty, colour, unknown)) {
      assertEquals(FailureReason.MALFORMED_PIXELS, scoreOf(bad).getFailure());
    }
    assertEquals(List.of(), engine.takeBatchSizes());
  }

  @Test
  void refusesAnotherExtractionAndNamesBothRecipes() {
    FaceFrame other = frame(0, REAL).toBuilder().setExtractionDigest("older").build();

    ScoringRequest request = score(ExtractionMismatch.REFUSE, other).get(0);

    assertEquals(FailureReason.EXTRACTION_MISMATCH, request.failure().orElseThrow().reason());
    assertTrue(request.failure().orElseThrow().message().contains("older"));
    assertTrue(request.failure().orElseThrow().message().contains(Frames.RECIPE));
    assertEquals(FailureReason.EXTRACTION_MISMATCH, request.score().orElseThrow().getFailure());
    assertEquals("older", request.score().orElseThrow().getExtractionDigest());
  }

  @Test
  void scoresAFurtherExtractionThatTheManifestNames() throws Exception {
    ModelArtifact artifact = ModelArtifact.open(folder);
    Extraction further = new Extraction("older", NullNode.getInstance(), Map.of());
    ModelArtifact.write(
        folder,
        artifact.manifest().toBuilder().extractions(List.of(further)).build(),
        artifact.goldenFaces(),
        artifact.goldenLogits());
    model = new ModelLoader(ignored -> engine, 4).load(folder);

    FrameScore score = scoreOf(frame(0, REAL).toBuilder().setExtractionDigest("older").build());

    assertEquals(TinyModel.logit(REAL), score.getLogit(), 1e-5);
    assertEquals("older", score.getExtractionDigest());
    assertFalse(score.getExtractionMismatch());
  }

  @Test
  void flagsAnotherExtractionWhereThatIsAllowed() {
    FaceFrame other = frame(0, REAL).toBuilder().setExtractionDigest("older").build();

    ScoringRequest request = score(ExtractionMismatch.FLAG, other).get(0);

    assertTrue(request.score().orElseThrow().getExtractionMismatch());
    assertEquals(TinyModel.logit(REAL), request.score().orElseThrow().getLogit(), 1e-5);
    assertTrue(request.failure().isEmpty());
  }

  @Test
  void aSuspiciousFrameCarriesItsFaceAndAttentionMap() throws Exception {
    var evidence = scoreOf(frame(3, FAKE)).getEvidence();

    var image = ImageIO.read(evidence.getJpeg().newInput());
    assertEquals(112, image.getWidth());
    assertEquals(200, image.getRaster().getSample(50, 50, 0), 3);
    assertEquals(7, evidence.getAttentionWidth());
    assertEquals(7, evidence.getAttentionHeight());
    assertEquals(49, evidence.getAttentionCount());
    assertTrue(evidence.getAttention(0) > 0.9);
  }

  @Test
  void everySixteenthFrameCarriesEvidenceWhateverItsScore() {
    assertTrue(scoreOf(frame(0, REAL)).hasEvidence());
    assertFalse(scoreOf(frame(1, REAL)).hasEvidence());
    assertTrue(scoreOf(frame(16, REAL)).hasEvidence());
  }

  @Test
  void aFailedFrameCarriesNoEvidence() {
    assertFalse(scoreOf(frame(0, POISON)).hasEvidence());
  }

  @Test
  void countsBatchesAndTheirTime() {
    score(ExtractionMismatch.REFUSE, frame(0, REAL), frame(1, REAL));

    assertEquals(1.0, registry.getSampleValue("framewarden_batch_size_count"));
    assertEquals(2.0, registry.getSampleValue("framewarden_batch_size_sum"));
    assertEquals(1.0, registry.getSampleValue("framewarden_inference_seconds_count"));
  }

  @Test
  void anEmptyBatchDoesNotReachTheEngine() {
    score(ExtractionMismatch.REFUSE);

    assertEquals(List.of(), engine.takeBatchSizes());
  }

  @Test
  void closingTheModelClosesItsEngine() {
    model.close();

    assertTrue(engine.isClosed());
  }

  private FrameScore scoreOf(FaceFrame frame) {
    return score(ExtractionMismatch.REFUSE, frame).get(0).score().orElseThrow();
  }

  private List<ScoringRequest> score(ExtractionMismatch mismatch, FaceFrame... frames) {
    FrameScorer scorer = new FrameScorer(new ScoringPolicy(mismatch, 0.5, 8), metrics, () -> 77);
    List<ScoringRequest> requests = Frames.requests(List.of(frames));
    scorer.score(model, requests);
    return requests;
  }
}
