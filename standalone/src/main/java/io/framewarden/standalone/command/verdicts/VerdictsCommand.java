package io.framewarden.standalone.command.verdicts;

import io.framewarden.runtime.command.BrokerOption;
import io.framewarden.runtime.command.ExitStatus;
import io.framewarden.runtime.kafka.BrokerProbe;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.TopicFollower;
import io.framewarden.schemas.serde.ProtoJson;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VideoUpload;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code framewarden verdicts}: what the verdict topic says. */
@Command(
    name = "verdicts",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Prints the verdicts on the topic of a running framewarden or of any brokers.")
public final class VerdictsCommand implements Callable<Integer> {
  private static final long HEALTH_CHECK_MILLIS = 500;

  @Mixin private BrokerOption brokers;

  @Option(names = "--follow", description = "Go on with every new verdict until interrupted.")
  private boolean follow;

  @Option(names = "--json", description = "One verdict a line, as proto3 JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  private final Map<String, Verdict> latest = new LinkedHashMap<>();
  private final VerdictTable table = new VerdictTable();

  @Override
  public Integer call() throws InterruptedException {
    KafkaConnection connection = brokers.connection();
    BrokerProbe.requireTopic(connection, Topics.VERDICTS);
    BrokerProbe.requireTopic(connection, Topics.VIDEO_UPLOADS);
    try (TopicFollower<String, VideoUpload> uploads =
            new TopicFollower<>(connection, Topics.VIDEO_UPLOADS, table::uploaded);
        TopicFollower<String, Verdict> follower =
            new TopicFollower<>(connection, Topics.VERDICTS, this::receive)) {
      uploads.start();
      uploads.awaitCaughtUp();
      if (follow && !json) {
        println(table.headings());
      }
      follower.start();
      follower.awaitCaughtUp();
      if (!follow) {
        print();
      }
      while (follow && !follower.health().isFailed()) {
        TimeUnit.MILLISECONDS.sleep(HEALTH_CHECK_MILLIS);
      }
      if (follower.health().isFailed()) {
        throw new IllegalStateException(follower.health().detail());
      }
    }
    return ExitStatus.OK;
  }

  private synchronized void receive(String videoId, Verdict verdict) {
    if (verdict == null) {
      latest.remove(videoId);
    } else if (follow) {
      println(json ? ProtoJson.line(verdict) : table.line(verdict));
    } else {
      latest.put(videoId, verdict);
    }
  }

  private void println(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }

  private synchronized void print() {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      latest.values().forEach(verdict -> out.println(ProtoJson.line(verdict)));
    } else {
      out.print(table.render(latest.values()));
    }
    out.flush();
  }
}
