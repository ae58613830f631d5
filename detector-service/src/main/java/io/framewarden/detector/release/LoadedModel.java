package io.framewarden.detector.release;

import io.framewarden.detector.engine.FaceBatch;
import io.framewarden.detector.engine.InferenceEngine;
import io.framewarden.detector.engine.Scores;
import io.framewarden.schemas.model.Calibration;
import io.framewarden.schemas.model.FaceShape;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.schemas.model.ModelManifest;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A checked artifact with the engine that scores it. Owns the engine. Safe for several threads,
 * which take turns in the order in which they came: the scoring loop and the rescorer share it.
 */
public final class LoadedModel implements AutoCloseable {
  private static final double DEFAULT_FAKE_AT = 0.5;

  private final ModelArtifact artifact;
  private final InferenceEngine engine;
  private volatile long releaseTimeUs;
  private final ReentrantLock turn = new ReentrantLock(true);

  /**
   * @param engine has passed the parity gate of {@code artifact}; this owns it from now on
   * @param releaseTimeUs of the release that names it, 0 for a folder
   */
  LoadedModel(ModelArtifact artifact, InferenceEngine engine, long releaseTimeUs) {
    this.artifact = artifact;
    this.engine = engine;
    this.releaseTimeUs = releaseTimeUs;
  }

  /** Scores a batch, as {@link InferenceEngine#score}, once it is this thread's turn. */
  public Scores score(FaceBatch batch) {
    turn.lock();
    try {
      return engine.score(batch);
    } finally {
      turn.unlock();
    }
  }

  /** When this model was released, microseconds since the epoch; 0 for a folder's model. */
  public long releaseTimeUs() {
    return releaseTimeUs;
  }

  /** Takes the time of a later release, as after a rollback, into its scores from now on. */
  public void reReleased(long timeUs) {
    releaseTimeUs = timeUs;
  }

  /**
   * P(fake) from which this model calls a frame fake: that of its first operating point, or 0.5
   * where it has none.
   */
  public double fakeAt() {
    return artifact.manifest().operatingPoints().stream()
        .findFirst()
        .map(ModelManifest.OperatingPoint::fakeAt)
        .orElse(DEFAULT_FAKE_AT);
  }

  /** sha256 of the manifest. */
  public String digest() {
    return artifact.digest();
  }

  public String name() {
    return artifact.manifest().name();
  }

  public String version() {
    return artifact.manifest().version();
  }

  /** From logit to probability. */
  public Calibration calibration() {
    return artifact.manifest().calibration();
  }

  /** Digests of the extraction recipes whose faces this model may score. */
  public List<String> extractionDigests() {
    return artifact.manifest().extractionDigests();
  }

  /** Whether faces that this extraction recipe made may be scored. */
  public boolean accepts(String extractionDigest) {
    return artifact.manifest().accepts(extractionDigest);
  }

  /** What faces it takes. */
  public FaceShape shape() {
    return artifact.manifest().input().shape();
  }

  /** The engine itself, for its name; {@link #score} is the way to use it. */
  public InferenceEngine engine() {
    return engine;
  }

  @Override
  public void close() {
    turn.lock();
    try {
      engine.close();
    } finally {
      turn.unlock();
    }
  }
}
