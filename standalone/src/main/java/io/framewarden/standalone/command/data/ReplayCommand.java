package io.framewarden.standalone.command.data;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.framewarden.detector.engine.probe.EngineSelector;
import io.framewarden.detector.release.LoadedModel;
import io.framewarden.detector.release.ModelLoader;
import io.framewarden.detector.release.compare.ScoreDifferences;
import io.framewarden.detector.replay.FrameReplay;
import io.framewarden.detector.replay.ReplayReport;
import io.framewarden.detector.replay.VideoDifference;
import io.framewarden.detector.scoring.kafka.ScorerConfig;
import io.framewarden.detector.verdict.VerdictConfig;
import io.framewarden.ingest.kafka.IngestConfig;
import io.framewarden.runtime.command.BrokerOption;
import io.framewarden.runtime.command.CountProgress;
import io.framewarden.runtime.command.ExitStatus;
import io.framewarden.runtime.command.TextTable;
import io.framewarden.runtime.command.UserError;
import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.kafka.BrokerProbe;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.TopicRange;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.schemas.text.CountText;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.standalone.command.verdicts.VerdictText;
import io.framewarden.standalone.pipeline.StandaloneConfig;
import io.framewarden.v1.Verdict;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code framewarden replay}: what another model would have said. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Scores the face frames that Kafka still holds with another model, and prints what changes.",
      "Its scores and verdicts are compared with those on the topics. Nothing is written, running",
      "scorers do not notice.",
      "FRAMEWARDEN_... variables of scorer and verdicts count as for a detector."
    })
public final class ReplayCommand implements Callable<Integer> {
  @Option(
      names = "--from",
      required = true,
      paramLabel = "TIME|OFFSETS",
      description = {
        "Where to begin: a UTC day or time (2026-01-31, 2026-01-31T12:00:00Z), `earliest`, or",
        "offsets of face-frames as PARTITION:OFFSET, with commas between them."
      })
  private String from;

  @Option(names = "--model", required = true, paramLabel = "DIR", description = "Model artifact.")
  private Path model;

  @Mixin private BrokerOption brokers;

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    TopicRange.Start start = start();
    if (!Files.isDirectory(model)) {
      throw new UserError(model + ": no such model folder; --model names a model artifact");
    }
    Settings settings = new Settings(brokers.over(System.getenv()));
    KafkaConnection connection = KafkaConnection.from(settings).forCommand();
    ScorerConfig scorer = ScorerConfig.from(settings);
    VerdictConfig verdicts = VerdictConfig.from(settings);
    settings.tolerate(StandaloneConfig::readWhatOthersRead);
    settings.tolerate(IngestConfig::from);
    settings.check();
    BrokerProbe.requireTopic(connection, Topics.FACE_FRAMES);
    print(replay(connection, scorer, verdicts, start));
    return ExitStatus.OK;
  }

  private TopicRange.Start start() {
    try {
      return ReadStart.parse(from);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--from: " + e.getMessage(), e);
    }
  }

  private ReplayReport replay(
      KafkaConnection connection,
      ScorerConfig scorer,
      VerdictConfig verdicts,
      TopicRange.Start start) {
    VerdictConfig judged = verdicts.forModel(ModelArtifact.open(model).manifest());
    try (LoadedModel loaded =
            new ModelLoader(
                    new EngineSelector(scorer.engine()).select(model, () -> false).factory(),
                    scorer.batches().size())
                .load(model);
        CountProgress bar = CountProgress.of("replaying", -1)) {
      return new FrameReplay(
              connection,
              loaded,
              scorer.batches().size(),
              scorer.policy(),
              judged.policy(),
              judged.timings(),
              bar::at)
          .run(start);
    } catch (IllegalArgumentException e) {
      throw new UserError("--from: " + e.getMessage());
    }
  }

  private void print(ReplayReport report) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? object(report) + "\n" : text(report));
    out.flush();
  }

  private static String text(ReplayReport report) {
    ScoreDifferences differences = report.differences();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "model %s%n%s scored by both, %d only now, %d that it cannot score, %s%n"
                + "P(fake): mean difference %+.4f, mean absolute %.4f, largest %.4f;"
                + " %s (%.2f %%) on another side of the operating point%n",
            report.modelDigest(),
            CountText.of(differences.frames(), "frame"),
            report.onlyNow(),
            report.failedNow(),
            CountText.of(report.unreadable(), "unreadable record"),
            differences.meanDifference(),
            differences.meanAbsoluteDifference(),
            differences.largestDifference(),
            CountText.of(differences.disagreements(), "frame"),
            100 * differences.disagreementRate()));
    TextTable table = new TextTable("VIDEO", "THEN", "NOW", "P THEN", "P NOW", "FRAMES", "");
    for (VideoDifference video : report.videos()) {
      table.row(
          video.videoId(),
          video.then().map(VerdictText::label).orElse("-"),
          video.now().map(VerdictText::label).orElse("not whole"),
          video.then().map(VerdictText::probability).orElse("-"),
          video.now().map(VerdictText::probability).orElse("-"),
          Integer.toString(video.frames()),
          video.isChanged() ? "CHANGED" : "");
    }
    return text.append(table.render()).toString();
  }

  private static ObjectNode object(ReplayReport report) {
    ScoreDifferences differences = report.differences();
    ObjectNode object =
        new ObjectMapper()
            .createObjectNode()
            .put("modelDigest", report.modelDigest())
            .put("frames", differences.frames())
            .put("onlyNow", report.onlyNow())
            .put("failedNow", report.failedNow())
            .put("unreadable", report.unreadable())
            .put("meanDifference", differences.meanDifference())
            .put("meanAbsoluteDifference", differences.meanAbsoluteDifference())
            .put("largestDifference", differences.largestDifference())
            .put("disagreementRate", differences.disagreementRate());
    for (VideoDifference video : report.videos()) {
      ObjectNode each =
          object
              .withArray("videos")
              .addObject()
              .put("videoId", video.videoId())
              .put("attempt", video.attempt())
              .put("frames", video.frames())
              .put("changed", video.isChanged());
      put(each, "then", video.then());
      put(each, "now", video.now());
    }
    return object;
  }

  private static void put(ObjectNode video, String name, Optional<Verdict> verdict) {
    verdict.ifPresent(
        given ->
            video
                .putObject(name)
                .put("label", given.getLabel().name())
                .put("probability", given.getProbability()));
  }
}
