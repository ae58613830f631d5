package io.framewarden.trainer.command;

import io.framewarden.extraction.command.ExtractionOptions;
import io.framewarden.extraction.extract.ExtractionConfig;
import io.framewarden.runtime.command.BrokerOption;
import io.framewarden.runtime.command.UserError;
import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.store.ObjectStore;
import io.framewarden.runtime.store.StoreConfig;
import io.framewarden.runtime.store.factory.ObjectStores;
import io.framewarden.trainer.archive.decisions.DecisionInputs;
import io.framewarden.trainer.archive.export.ArchiveInputs;
import io.framewarden.trainer.archive.export.FaceArchiveOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code framewarden dataset from-decisions}: the moderators' decisions as labels. */
@Command(
    name = "from-decisions",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Extracts the faces of every video that moderators decided on into a face archive.",
      "",
      "The latest decision on a video counts: on a track where it names the track, else on the",
      "video. Fakes get the domain `decisions`, or `decisions/NAME` where the note says",
      "`method: NAME`. Track numbers hold only for the extraction that the moderators saw: use",
      "the detector and the sampling of the service."
    })
final class FromDecisionsCommand implements Callable<Integer> {
  @Mixin private BrokerOption brokers;

  @Option(
      names = "--store",
      paramLabel = "URI",
      description =
          "Object store: a folder, a file: URI or s3://BUCKET/PREFIX (default: FRAMEWARDEN_STORE,"
              + " else data/objects; `serve` has its own in framewarden-data/objects).")
  private String store;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "Only decisions of this UTC day or time and later: 2026-01-31, or with T12:00Z.")
  private String since;

  @Mixin private ArchiveOptions archive;

  @Mixin private ExtractionOptions extraction;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Instant from = since();
    Map<String, String> variables = brokers.over(extraction.environment());
    if (store != null) {
      variables.put(StoreConfig.STORE, store);
    }
    Settings settings =
        Settings.only(
            variables,
            Stream.concat(
                    Stream.of(KafkaConnection.PREFIX, StoreConfig.STORE),
                    Stream.of(ExtractionConfig.prefixes()))
                .toArray(String[]::new));
    KafkaConnection connection = KafkaConnection.from(settings).forCommand();
    ExtractionConfig config = ExtractionConfig.from(settings, 1);
    StoreConfig objects = StoreConfig.from(settings);
    settings.check();
    checkFolder(objects);
    FaceArchiveOptions options = archive.options(config);
    try (ObjectStore opened = ObjectStores.open(objects)) {
      ArchiveInputs videos = DecisionInputs.read(connection, opened, from);
      return new ArchiveExportRun(spec.commandLine(), archive.skipped()).run(options, videos);
    }
  }

  /** A mistyped folder would be made, and have no video in it. */
  private static void checkFolder(StoreConfig objects) {
    if (objects.folder().filter(folder -> !Files.isDirectory(folder)).isPresent()) {
      throw new UserError(objects.where() + ": no such folder; --store names the object store");
    }
  }

  private Instant since() {
    if (since == null) {
      return Instant.EPOCH;
    }
    try {
      return since.indexOf('T') < 0
          ? LocalDate.parse(since).atStartOfDay().toInstant(ZoneOffset.UTC)
          : OffsetDateTime.parse(since).toInstant();
    } catch (DateTimeParseException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--since is a UTC day or time such as 2026-01-31 or 2026-01-31T12:00:00Z, not " + since);
    }
  }
}
