package io.framewarden.trainer.archive.decisions;

import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.store.ObjectStore;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.trainer.archive.export.ArchiveInputs;
import io.framewarden.v1.Decision;
import io.framewarden.v1.VideoUpload;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Reads the moderators' decisions from their topic and finds the videos in the object store. */
public final class DecidedVideos {
  private DecidedVideos() {}

  /**
   * Every video whose latest decision says what it is.
   *
   * @param since only decisions of this time and later
   * @throws IllegalStateException when no broker answers, or a topic is missing
   */
  public static ArchiveInputs read(KafkaConnection connection, ObjectStore store, Instant since)
      throws InterruptedException {
    Map<String, Decision> decisions =
        TopicSnapshot.latest(connection, Topics.MODERATOR_DECISIONS, videoId -> true);
    long sinceUs = ChronoUnit.MICROS.between(Instant.EPOCH, since);
    decisions.values().removeIf(decision -> decision.getDecidedTimeUs() < sinceUs);
    Map<String, VideoUpload> uploads =
        TopicSnapshot.latest(connection, Topics.VIDEO_UPLOADS, decisions::containsKey);
    return new DecisionInputs(store, uploads).of(decisions.values());
  }
}
