package io.framewarden.standalone.command.data;

import io.framewarden.runtime.command.BrokerOption;
import io.framewarden.runtime.command.ExitStatus;
import io.framewarden.runtime.kafka.BrokerProbe;
import io.framewarden.runtime.kafka.DeadLetter;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.TopicRange;
import io.framewarden.schemas.topic.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code framewarden dead-letters}: what no service could use, and why. */
@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Prints what no service could use and why: one line for each topic and reason.",
      "With --each or --json, one line for each dead letter. Nothing is removed."
    })
public final class DeadLettersCommand implements Callable<Integer> {
  @Mixin private BrokerOption brokers;

  @Option(
      names = "--from",
      defaultValue = "earliest",
      paramLabel = "TIME|OFFSETS",
      description = {
        "Where to begin: a UTC day or time (2026-01-31, 2026-01-31T12:00:00Z), `earliest` (the",
        "default), or offsets of dead-letters as PARTITION:OFFSET, with commas between them."
      })
  private String from;

  @Option(
      names = "--topic",
      paramLabel = "NAME",
      description = "Only records that were read from this topic.")
  private String topic;

  @Option(
      names = "--reason",
      paramLabel = "NAME",
      description = "Only those with this reason, such as unreadable_message.")
  private String reason;

  @Option(names = "--each", description = "One dead letter a line.")
  private boolean each;

  @Option(names = "--json", description = "One dead letter a line, as JSON without its bytes.")
  private boolean json;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write each one's bytes to DIR/PARTITION-OFFSET.bin, too.")
  private Path folder;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    TopicRange.Start start = start();
    KafkaConnection connection = brokers.connection();
    BrokerProbe.requireTopic(connection, Topics.DEAD_LETTERS);
    if (folder != null) {
      Files.createDirectories(folder);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (each || json) {
      read(
          connection,
          start,
          letter -> out.println(json ? DeadLetterText.json(letter) : DeadLetterText.line(letter)));
    } else {
      DeadLetterSummary summary = new DeadLetterSummary();
      read(connection, start, summary::add);
      out.print(summary.table());
    }
    out.flush();
    return ExitStatus.OK;
  }

  private TopicRange.Start start() {
    try {
      return ReadStart.parse(from);
    } catch (IllegalArgumentException e) {
      throw wrongStart(e);
    }
  }

  private void read(
      KafkaConnection connection, TopicRange.Start start, Consumer<DeadLetter> reader) {
    try {
      TopicRange.read(
          connection,
          Topics.DEAD_LETTERS,
          start,
          record -> {
            DeadLetter letter = DeadLetter.of(record);
            if (isWanted(letter)) {
              save(letter);
              reader.accept(letter);
            }
          });
    } catch (IllegalArgumentException e) {
      throw wrongStart(e);
    }
  }

  private ParameterException wrongStart(IllegalArgumentException cause) {
    return new ParameterException(spec.commandLine(), "--from: " + cause.getMessage(), cause);
  }

  private boolean isWanted(DeadLetter letter) {
    return (topic == null || topic.equals(letter.originTopic()))
        && (reason == null || reason.equalsIgnoreCase(letter.reason()));
  }

  /** Its own place is its name: nothing that a stranger wrote. */
  private void save(DeadLetter letter) {
    if (folder == null) {
      return;
    }
    Path file = folder.resolve(letter.partition() + "-" + letter.offset() + ".bin");
    byte[] bytes = new byte[letter.value().remaining()];
    letter.value().duplicate().get(bytes);
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
