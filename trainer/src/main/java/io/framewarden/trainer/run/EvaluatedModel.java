package io.framewarden.trainer.run;

import io.framewarden.runtime.command.UserError;
import io.framewarden.schemas.model.Calibration;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.schemas.model.ModelManifest;
import io.framewarden.schemas.model.ModelManifest.OperatingPoint;
import io.framewarden.trainer.command.TrainCommand;
import io.framewarden.trainer.evaluation.FaceScorer;
import io.framewarden.trainer.onnx.GraphScorer;
import io.framewarden.trainer.training.DidCheckpoint;
import io.framewarden.trainer.training.LossLog;
import io.framewarden.trainer.training.TrainedDid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A model to be judged, from whatever a user names: an artifact, a run folder, a checkpoint. Owns
 * the network, which is only loaded when it is asked for. One thread.
 */
public final class EvaluatedModel implements AutoCloseable {
  private static final String CHECKPOINT = ".safetensors";

  /** Nobody chose a threshold for a checkpoint without an artifact. */
  public static final OperatingPoint UNCHOSEN = new OperatingPoint("uncalibrated", 0.5, 0.5);

  /** Where scores are computed. */
  public enum Engine {
    /** The network of the checkpoint, as in training. */
    djl,
    /** The exported graph on ONNX Runtime, as in a detector. */
    onnx,
    /** Both, which must agree. */
    both
  }

  private final Path named;
  private final Optional<ModelArtifact> artifact;
  private final Optional<Path> checkpoint;
  private final Optional<RunRecord> run;
  private final Optional<Path> runFolder;
  private TrainedDid trained;

  private EvaluatedModel(
      Path named,
      Optional<ModelArtifact> artifact,
      Optional<Path> checkpoint,
      Optional<Path> runFolder)
      throws IOException {
    this.named = named;
    this.artifact = artifact;
    this.checkpoint = checkpoint;
    this.runFolder = runFolder;
    this.run =
        runFolder.isPresent() ? Optional.of(RunRecord.read(runFolder.get())) : Optional.empty();
  }

  /**
   * Opens an artifact, a run folder (its artifact, its last checkpoint or both) or a checkpoint.
   *
   * @throws UserError when a run has neither yet
   */
  public static EvaluatedModel open(Path named) throws IOException {
    if (named.getFileName() != null && named.getFileName().toString().endsWith(CHECKPOINT)) {
      Optional<Path> folder =
          Optional.ofNullable(named.toAbsolutePath().getParent())
              .map(Path::getParent)
              .filter(RunRecord::isIn);
      return new EvaluatedModel(named, Optional.empty(), Optional.of(named), folder);
    }
    if (!RunRecord.isIn(named)) {
      return new EvaluatedModel(
          named, Optional.of(ModelArtifact.open(named)), Optional.empty(), Optional.empty());
    }
    Path model = TrainCommand.model(named);
    Optional<ModelArtifact> artifact =
        Files.exists(model.resolve(ModelArtifact.MANIFEST))
            ? Optional.of(ModelArtifact.open(model))
            : Optional.empty();
    Optional<Path> last = DidCheckpoint.latest(TrainCommand.checkpoints(named));
    if (artifact.isEmpty() && last.isEmpty()) {
      throw new UserError(
          named + ": neither a model nor a checkpoint there yet; go on with `train --resume`");
    }
    return new EvaluatedModel(named, artifact, last, Optional.of(named));
  }

  /** The engine that is meant when none is named: the detector's where there is an artifact. */
  public Engine usual() {
    return artifact.isPresent() ? Engine.onnx : Engine.djl;
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
    ModelArtifact model =
        artifact.orElseThrow(
            () ->
                new UserError(
                    named
                        + ": no exported graph there; run `framewarden export`, or say --engine"
                        + " djl"));
    return new GraphScorer(model.model(), model.manifest().input().width());
  }

  /** The network; loaded once. */
  public TrainedDid network() throws IOException {
    if (trained == null) {
      trained =
          DidCheckpoint.load(
              checkpoint.orElseThrow(
                  () ->
                      new UserError(
                          named
                              + ": an artifact holds no checkpoint; name the run folder that it was"
                              + " exported from, or say --engine onnx")));
    }
    return trained;
  }

  public boolean hasNetwork() {
    return checkpoint.isPresent();
  }

  public Optional<ModelArtifact> artifact() {
    return artifact;
  }

  /** The recipe and data of the run, where the model lies in its run folder. */
  Optional<RunRecord> run() {
    return run;
  }

  /** A name for tables: the file's or folder's own. */
  public String name() {
    Path absolute = named.toAbsolutePath().normalize();
    return String.valueOf(absolute.getFileName());
  }

  String title() {
    return artifact.map(a -> a.manifest().name() + " " + a.manifest().version()).orElse(name());
  }

  Calibration calibration() {
    return artifact.map(a -> a.manifest().calibration()).orElse(Calibration.none());
  }

  List<OperatingPoint> points() {
    return artifact.map(a -> a.manifest().operatingPoints()).orElse(List.of(UNCHOSEN));
  }

  /** Forgery domains that training saw. */
  List<String> domains() throws IOException {
    if (artifact.isPresent()) {
      return artifact.get().manifest().training().domains();
    }
    if (run.isPresent()) {
      return run.get().domains();
    }
    List<String> all = network().domains();
    return all.subList(1, all.size());
  }

  /** Digest of the faces it was trained on, where that is known. */
  public Optional<String> trainedOn() {
    return run.map(RunRecord::contentDigest)
        .or(
            () ->
                artifact.map(a -> a.manifest().training().recipe().path("contentDigest").asText()));
  }

  /** Digest of the extraction that made its training faces, where that is known. */
  Optional<String> extraction() {
    return artifact.map(a -> a.manifest().extractionDigest());
  }

  /** Share of cross-entropy in its loss, where the recipe is known. */
  OptionalDouble alpha() {
    if (run.isPresent()) {
      return OptionalDouble.of(run.get().recipe().training().loss().alpha());
    }
    Optional<ModelManifest> manifest = artifact.map(ModelArtifact::manifest);
    return manifest.isPresent() && manifest.get().training().recipe().at("/loss/alpha").isNumber()
        ? OptionalDouble.of(manifest.get().training().recipe().at("/loss/alpha").asDouble())
        : OptionalDouble.empty();
  }

  /** The losses of its run's steps; none when the run is not at hand or kept no log. */
  public List<LossLog.Line> losses() throws IOException {
    return runFolder.isPresent() ? LossLog.read(TrainCommand.losses(runFolder.get())) : List.of();
  }

  @Override
  public void close() {
    if (trained != null) {
      trained.close();
    }
  }
}
