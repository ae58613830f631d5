package io.framewarden.detector.release;

import io.framewarden.detector.engine.InferenceEngine;
import io.framewarden.schemas.model.Calibration;
import io.framewarden.schemas.model.ModelArtifact;

/**
 * A checked artifact with the engine that scores it. Owns the engine, and like it serves one thread
 * at a time.
 */
public final class LoadedModel implements AutoCloseable {
  private final ModelArtifact artifact;
  private final InferenceEngine engine;

  /**
   * @param engine has passed the parity gate of {@code artifact}; this owns it from now on
   */
  LoadedModel(ModelArtifact artifact, InferenceEngine engine) {
    this.artifact = artifact;
    this.engine = engine;
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

  /** The recipe that made the faces this model was trained on. */
  public String extractionDigest() {
    return artifact.manifest().extractionDigest();
  }

  /** Width of a face in pixels. */
  public int width() {
    return artifact.manifest().input().width();
  }

  /** Height of a face in pixels. */
  public int height() {
    return artifact.manifest().input().height();
  }

  public InferenceEngine engine() {
    return engine;
  }

  @Override
  public void close() {
    engine.close();
  }
}
