package io.framewarden.standalone.command.release;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.framewarden.detector.release.ReleaseHistory;
import io.framewarden.detector.release.compare.ScoreComparison;
import io.framewarden.detector.release.compare.ShadowComparison;
import io.framewarden.runtime.command.BrokerOption;
import io.framewarden.runtime.command.ExitStatus;
import io.framewarden.runtime.command.UserError;
import io.framewarden.runtime.kafka.BrokerProbe;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.TopicRange;
import io.framewarden.schemas.model.InvalidArtifactException;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.schemas.text.CountText;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.standalone.command.data.ReadStart;
import io.framewarden.v1.ModelRelease;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code framewarden release compare}: the shadow against the active model. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Compares the model in the shadow with the active one, on the frames that both have scored.",
      "Prints how far apart their P(fake) are, and how often only one of them calls a frame fake."
    })
final class ReleaseCompareCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "NAME", description = "The model's name.")
  private String name;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "Only scores of this UTC day or time and later: 2026-01-31, or with T12:00Z (default:"
              + " since the model is in the shadow).")
  private String since;

  @Option(
      names = "--fake-at",
      paramLabel = "P",
      description =
          "P(fake) from which a frame counts as fake, for both (default: each one's own, of its"
              + " first operating point, for which its artifact must be within reach).")
  private Double fakeAt;

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  @Mixin private BrokerOption brokers;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    KafkaConnection connection = brokers.connection();
    ReleaseHistory history = ReleaseCommand.history(connection);
    ModelRelease active = one(history.active(name), "active");
    ModelRelease shadow = one(history.shadow(name), "in the shadow");
    BrokerProbe.requireTopic(connection, Topics.SHADOW_SCORES);
    BrokerProbe.requireTopic(connection, Topics.FRAME_SCORES);
    ScoreComparison comparison =
        new ShadowComparison(connection).compare(side(active), side(shadow), from(shadow));
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? json(active, shadow, comparison) : text(active, shadow, comparison));
    out.flush();
    return ExitStatus.OK;
  }

  private ModelRelease one(Optional<ModelRelease> release, String stage) {
    return release.orElseThrow(() -> new UserError("no model " + name + " is " + stage));
  }

  private ShadowComparison.Side side(ModelRelease release) {
    return new ShadowComparison.Side(
        release.getModelDigest(), fakeAt == null ? fakeAt(release.getArtifactUri()) : fakeAt);
  }

  private static double fakeAt(String uri) {
    try {
      ModelArtifact artifact = ModelArtifact.open(Path.of(URI.create(uri)));
      return artifact.manifest().operatingPoints().stream()
          .findFirst()
          .orElseThrow(() -> new UserError("no operating point; give --fake-at"))
          .fakeAt();
    } catch (InvalidArtifactException | IllegalArgumentException | FileSystemNotFoundException e) {
      throw new UserError(uri + " cannot be read from here; give --fake-at: " + e.getMessage());
    }
  }

  private Instant from(ModelRelease shadow) {
    if (since == null) {
      return Instant.EPOCH.plus(shadow.getReleasedTimeUs(), ChronoUnit.MICROS);
    }
    try {
      if (ReadStart.parse(since) instanceof TopicRange.Start.At at) {
        return at.time();
      }
    } catch (IllegalArgumentException e) {
      throw new UserError("--since: " + e.getMessage());
    }
    throw new UserError("--since is a time, not offsets");
  }

  private static String text(ModelRelease active, ModelRelease shadow, ScoreComparison comparison) {
    return String.format(
        Locale.ROOT,
        "active  %s (%s)%nshadow  %s (%s)%n"
            + "frames scored by both       %d of %s%n"
            + "without an active score     %d%n"
            + "that the shadow failed on   %d%n"
            + "mean difference             %+.6f%n"
            + "mean absolute difference    %.6f%n"
            + "disagreements               %d (%.4f of the frames)%n",
        active.getVersion(),
        active.getModelDigest(),
        shadow.getVersion(),
        shadow.getModelDigest(),
        comparison.differences().frames(),
        CountText.of(comparison.videos(), "video"),
        comparison.onlyShadow(),
        comparison.failed(),
        comparison.differences().meanDifference(),
        comparison.differences().meanAbsoluteDifference(),
        comparison.differences().disagreements(),
        comparison.differences().disagreementRate());
  }

  private static String json(ModelRelease active, ModelRelease shadow, ScoreComparison comparison) {
    return JsonNodeFactory.instance
            .objectNode()
            .put("active", active.getModelDigest())
            .put("shadow", shadow.getModelDigest())
            .put("videos", comparison.videos())
            .put("frames", comparison.differences().frames())
            .put("onlyShadow", comparison.onlyShadow())
            .put("failed", comparison.failed())
            .put("meanDifference", comparison.differences().meanDifference())
            .put("meanAbsoluteDifference", comparison.differences().meanAbsoluteDifference())
            .put("disagreements", comparison.differences().disagreements())
            .put("disagreementRate", comparison.differences().disagreementRate())
        + "\n";
  }
}
