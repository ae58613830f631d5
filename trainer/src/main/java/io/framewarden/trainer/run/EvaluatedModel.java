package io.framewarden.trainer.run;

import io.framewarden.runtime.command.UserError;
import io.framewarden.schemas.model.Calibration;
import io.framewarden.schemas.model.FaceShape;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.schemas.model.ModelManifest;
import io.framewarden.schemas.model.ModelManifest.OperatingPoint;
import io.framewarden.trainer.dataset.FaceSetReader;
import io.framewarden.trainer.evaluation.FaceScorer;
import io.framewarden.trainer.onnx.GraphScorer;
import io.framewarden.trainer.report.EvaluationReport;
import io.framewarden.trainer.training.DidCheckpoint;
import io.framewarden.trainer.training.LossLog;
import io.framewarden.trainer.training.TrainedDid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;

/**
 * A model to be evaluated, from whatever a user names: an artifact, a run folder, a checkpoint.
 * Owns the network, which is loaded on first use. One thread.
 */
public final class EvaluatedModel implements AutoCloseable {
  private static final String CHECKPOINT = ".safetensors";

  /** Where scores are computed; the names are those that a user types. */
  public enum Engine {
    /** The network of the checkpoint, as in training. */
    djl,
    /** The exported graph on ONNX Runtime, as in a detector. */
    onnx,
    /** Both, which must agree. */
    both
  }

  private final Path named;

  /** Null where the model is a checkpoint only. */
  private final ModelArtifact artifact;

  /** Null where the model is an artifact only. */
  private final Path checkpoint;

  /** Null, like {@link #run}, where the model lies in no run folder. */
  private final RunFolder folder;

  private final RunRecord run;

  /** Null until it is loaded. */
  private TrainedDid network;

  private EvaluatedModel(Path named, ModelArtifact artifact, Path checkpoint, RunFolder folder)
      throws IOException {
    this.named = named;
    this.artifact = artifact;
    this.checkpoint = checkpoint;
    this.folder = folder;
    this.run = folder == null ? null : RunRecord.read(folder.path());
  }

  /**
   * Opens an artifact, a run folder (its artifact, its last checkpoint or both) or a checkpoint.
   *
   * @throws UserError when a run has neither yet
   */
  public static EvaluatedModel open(Path named) throws IOException {
    if (named.getFileName() != null && named.getFileName().toString().endsWith(CHECKPOINT)) {
      Path checkpoints = named.toAbsolutePath().getParent();
      Path run = checkpoints == null ? null : checkpoints.getParent();
      boolean inRun = run != null && RunRecord.isIn(run);
      return new EvaluatedModel(named, null, named, inRun ? new RunFolder(run) : null);
    }
    if (!RunRecord.isIn(named)) {
      return new EvaluatedModel(named, ModelArtifact.open(named), null, null);
    }
    RunFolder folder = new RunFolder(named);
    boolean exported = Files.exists(folder.model().resolve(ModelArtifact.MANIFEST));
    Path latest = folder.latestCheckpoint().orElse(null);
    if (!exported && latest == null) {
      throw new UserError(
          named + ": neither a model nor a checkpoint there yet; resume with `train --resume`");
    }
    return new EvaluatedModel(
        named, exported ? ModelArtifact.open(folder.model()) : null, latest, folder);
  }

  /** The engine to use when none is named: the detector's where there is an artifact. */
  public Engine defaultEngine() {
    return artifact == null ? Engine.djl : Engine.onnx;
  }

  /**
   * A scorer, which the caller closes before the model.
   *
   * @throws UserError when what the engine needs is not there
   */
  public FaceScorer scorer(Engine engine) throws IOException {
    return switch (engine) {
      case djl -> new NetworkScorer(network());
      case onnx -> graph();
      case both -> new ParityCheckingScorer(new NetworkScorer(network()), graph(), named);
    };
  }

  private GraphScorer graph() {
    if (artifact == null) {
      throw new UserError(
          named + ": no exported graph there; run `framewarden export`, or say --engine djl");
    }
    return new GraphScorer(artifact.model(), artifact.manifest().input().shape());
  }

  /**
   * The network; loaded once, and owned by this model.
   *
   * @throws UserError when there is no checkpoint
   */
  public TrainedDid network() throws IOException {
    if (network == null) {
      if (checkpoint == null) {
        throw new UserError(
            named
                + ": an artifact holds no checkpoint; name the run folder that it was exported"
                + " from, or say --engine onnx");
      }
      network = DidCheckpoint.load(checkpoint);
    }
    return network;
  }

  /** Whether there is a checkpoint to load the network from. */
  public boolean hasNetwork() {
    return checkpoint != null;
  }

  /** The artifact; empty for a checkpoint. */
  public Optional<ModelArtifact> artifact() {
    return Optional.ofNullable(artifact);
  }

  /** The recipe and data of the run; empty where the model lies in no run folder. */
  Optional<RunRecord> run() {
    return Optional.ofNullable(run);
  }

  /** A name for tables: the file's or folder's own. */
  public String name() {
    return String.valueOf(named.toAbsolutePath().normalize().getFileName());
  }

  /** Name and version of the artifact, or the file's name. */
  String title() {
    return artifact().map(a -> a.manifest().name() + " " + a.manifest().version()).orElse(name());
  }

  Calibration calibration() {
    return artifact().map(a -> a.manifest().calibration()).orElse(Calibration.none());
  }

  /** At least one; accuracy is taken at the first. */
  List<OperatingPoint> operatingPoints() {
    return artifact()
        .map(a -> a.manifest().operatingPoints())
        .orElse(List.of(OperatingPoint.UNCALIBRATED));
  }

  /** The forgery domains that training saw. */
  List<String> domains() throws IOException {
    if (artifact != null) {
      return artifact.manifest().training().domains();
    }
    if (run != null) {
      return run.domains();
    }
    List<String> all = network().domains();
    return all.subList(1, all.size());
  }

  /** What a report says of the model. */
  EvaluationReport.Model reported(Map<String, String> metadata) throws IOException {
    return new EvaluationReport.Model(
        title(), metadata, calibration(), operatingPoints(), new TreeSet<>(domains()));
  }

  /** Digest of the faces it was trained on; empty where that is not known. */
  Optional<String> trainingDigest() {
    return run()
        .map(RunRecord::contentDigest)
        .or(
            () ->
                artifact()
                    .map(a -> a.manifest().training().recipe().path("contentDigest").asText()));
  }

  /** The faces that it takes. */
  public FaceShape shape() {
    return artifact().map(a -> a.manifest().input().shape()).orElse(FaceSetReader.OWN);
  }

  /** Digests of the extractions that it is for; none where that is not known. */
  List<String> extractionDigests() {
    return artifact().map(a -> a.manifest().extractionDigests()).orElse(List.of());
  }

  /** Share of cross-entropy in its loss; empty where the recipe is not known. */
  OptionalDouble alpha() {
    if (run != null) {
      return OptionalDouble.of(run.recipe().training().loss().alpha());
    }
    Optional<ModelManifest> manifest = artifact().map(ModelArtifact::manifest);
    return manifest.isPresent() && manifest.get().training().recipe().at("/loss/alpha").isNumber()
        ? OptionalDouble.of(manifest.get().training().recipe().at("/loss/alpha").asDouble())
        : OptionalDouble.empty();
  }

  /** The losses of its run's steps; none when the run is not at hand or kept no log. */
  public List<LossLog.Line> losses() throws IOException {
    return folder == null ? List.of() : LossLog.read(folder.losses());
  }

  @Override
  public void close() {
    if (network != null) {
      network.close();
    }
  }
}
