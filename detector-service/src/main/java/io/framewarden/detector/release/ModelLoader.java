package io.framewarden.detector.release;

import io.framewarden.detector.engine.EngineFactory;
import io.framewarden.detector.engine.FaceBatch;
import io.framewarden.detector.engine.InferenceEngine;
import io.framewarden.detector.engine.InferenceException;
import io.framewarden.schemas.model.InvalidArtifactException;
import io.framewarden.schemas.model.ModelArtifact;
import java.nio.file.Path;
import java.util.Collections;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads sound artifact folders and refuses all others. Safe for several threads. */
public final class ModelLoader {
  private static final Logger LOG = LoggerFactory.getLogger(ModelLoader.class);

  private final EngineFactory engines;
  private final int batchSize;

  /**
   * @param batchSize the largest batch that will be scored: the gate and the warm-up use it, so
   *     that the first video does not pay for the engine's first allocation
   */
  public ModelLoader(EngineFactory engines, int batchSize) {
    this.engines = engines;
    this.batchSize = batchSize;
  }

  /**
   * Opens a folder, checks every digest, builds the engine, compares its answers to the golden
   * faces and warms it up.
   *
   * @return the model, which the caller owns
   * @throws ModelRefusedException when the folder is no sound artifact, the engine cannot load it,
   *     or its answers differ
   */
  public LoadedModel load(Path folder) {
    return load(folder, 0);
  }

  /**
   * Loads a released model, checked as by {@link #load(Path)}.
   *
   * @param releaseTimeUs when it was released, microseconds; its scores will say so
   */
  public LoadedModel load(Path folder, long releaseTimeUs) {
    ModelArtifact artifact = open(folder);
    InferenceEngine engine = build(artifact);
    try {
      double maxDifference = ParityGate.check(artifact, engine, batchSize);
      warmUp(artifact, engine);
      LOG.info(
          "model {} {} ({}) on {}: golden faces within {}",
          artifact.manifest().name(),
          artifact.manifest().version(),
          artifact.digest(),
          engine.name(),
          maxDifference);
      return new LoadedModel(artifact, engine, releaseTimeUs);
    } catch (InferenceException | InvalidArtifactException e) {
      engine.close();
      throw new ModelRefusedException(
          ModelRefusedException.Reason.ENGINE, describe(artifact) + ": " + e.getMessage(), e);
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  private static ModelArtifact open(Path folder) {
    try {
      return ModelArtifact.open(folder);
    } catch (InvalidArtifactException e) {
      throw new ModelRefusedException(
          ModelRefusedException.Reason.ARTIFACT, "this model is refused: " + e.getMessage(), e);
    }
  }

  private InferenceEngine build(ModelArtifact artifact) {
    try {
      return engines.open(artifact);
    } catch (InferenceException e) {
      throw new ModelRefusedException(
          ModelRefusedException.Reason.ENGINE, describe(artifact) + ": " + e.getMessage(), e);
    }
  }

  private void warmUp(ModelArtifact artifact, InferenceEngine engine) {
    byte[] face = artifact.goldenFaces().get(0);
    engine.score(
        FaceBatch.of(artifact.manifest().input().shape(), Collections.nCopies(batchSize, face)));
  }

  private static String describe(ModelArtifact artifact) {
    return artifact.folder() + " (manifest " + artifact.digest() + ")";
  }
}
