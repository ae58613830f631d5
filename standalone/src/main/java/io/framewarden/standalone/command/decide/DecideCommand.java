package io.framewarden.standalone.command.decide;

import io.framewarden.ingest.decision.DecisionRequest;
import io.framewarden.ingest.kafka.KafkaUploadSink;
import io.framewarden.ingest.submission.ApiException;
import io.framewarden.runtime.command.BrokerOption;
import io.framewarden.runtime.command.ExitStatus;
import io.framewarden.runtime.command.UserError;
import io.framewarden.runtime.kafka.BrokerProbe;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.TopicFollower;
import io.framewarden.runtime.lifecycle.MicrosecondClock;
import io.framewarden.schemas.text.VisibleText;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.Decision;
import io.framewarden.v1.Outcome;
import io.framewarden.v1.TrackDecision;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictLabel;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code framewarden decide}: puts a moderator's decision on its topic. */
@Command(
    name = "decide",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Records a moderator's decision on the latest verdict of a video.",
      "It replaces an earlier one; `dataset from-decisions` makes training data of them."
    })
public final class DecideCommand implements Callable<Integer> {
  @Parameters(paramLabel = "VIDEO", description = "The video's id, as `verdicts` prints it.")
  private String video;

  @ArgGroup(multiplicity = "1")
  private Side side;

  private static final class Side {
    @Option(names = "--uphold", required = true, description = "The verdict is right.")
    private boolean uphold;

    @Option(
        names = "--overturn",
        required = true,
        description = "The verdict is wrong; --label says what is right.")
    private boolean overturn;
  }

  @Option(
      names = "--label",
      paramLabel = "LABEL",
      description = "What the video is: REAL, FAKE, UNCERTAIN or NO_FACE.")
  private VerdictLabel label = VerdictLabel.VERDICT_LABEL_UNSPECIFIED;

  @Option(
      names = "--track",
      paramLabel = "ID=LABEL",
      description = "What the face of one track is: REAL, FAKE or UNCERTAIN. May be repeated.")
  private Map<Integer, VerdictLabel> tracks = Map.of();

  @Option(
      names = "--revision",
      paramLabel = "N",
      description = "The revision of the verdict that was looked at (default: the latest).")
  private int revision;

  @Option(
      names = "--note",
      paramLabel = "TEXT",
      description = "For people; `method: NAME` names the forgery's method for training.")
  private String note = "";

  @Option(
      names = "--moderator",
      defaultValue = "${sys:user.name}",
      paramLabel = "NAME",
      description = "Who decided (default: the name of this machine's user).")
  private String moderator;

  @Mixin private BrokerOption brokers;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    KafkaConnection connection = brokers.connection();
    BrokerProbe.requireTopic(connection, Topics.VERDICTS);
    BrokerProbe.requireTopic(connection, Topics.MODERATOR_DECISIONS);
    Verdict verdict = verdict(connection);
    Decision decision = decision(verdict);
    try (KafkaUploadSink sink = new KafkaUploadSink(connection)) {
      sink.start();
      sink.publish(decision);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(VisibleText.of(text(decision, verdict)));
    out.flush();
    return ExitStatus.OK;
  }

  private Verdict verdict(KafkaConnection connection) throws InterruptedException {
    AtomicReference<Verdict> latest = new AtomicReference<>();
    try (TopicFollower<String, Verdict> follower =
        new TopicFollower<>(
            connection,
            Topics.VERDICTS,
            (id, verdict) -> {
              if (id.equals(video)) {
                latest.set(verdict);
              }
            })) {
      follower.start();
      follower.awaitCaughtUp();
      if (follower.health().isFailed()) {
        throw new IllegalStateException(follower.health().detail());
      }
    }
    if (latest.get() == null) {
      throw new UserError(
          "there is no verdict on "
              + video
              + "; `framewarden verdicts` lists those that there are");
    }
    return latest.get();
  }

  private Decision decision(Verdict verdict) {
    List<TrackDecision> said =
        tracks.entrySet().stream()
            .map(
                track ->
                    TrackDecision.newBuilder()
                        .setTrackId(track.getKey())
                        .setLabel(track.getValue())
                        .build())
            .toList();
    Outcome outcome = side.uphold ? Outcome.UPHELD : Outcome.OVERTURNED;
    try {
      return new DecisionRequest(outcome, label, revision, said, note, moderator)
          .on(verdict, MicrosecondClock.now());
    } catch (ApiException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  private static String text(Decision decision, Verdict verdict) {
    boolean upheld = decision.getOutcome() == Outcome.UPHELD;
    return "%s: %s by %s, %s (revision %d)"
        .formatted(
            decision.getVideoId(),
            upheld ? "upheld" : "overturned",
            decision.getModerator(),
            upheld ? decision.getLabel() : verdict.getLabel() + " -> " + decision.getLabel(),
            decision.getVerdictRevision());
  }
}
