package io.framewarden.standalone.pipeline;

import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.TopicFollower;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.FrameScore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Every committed score on the topic, in the order of its partitions. */
final class CommittedScores {
  private CommittedScores() {}

  static List<FrameScore> of(KafkaConnection connection, String videoId)
      throws InterruptedException {
    List<FrameScore> scores = new CopyOnWriteArrayList<>();
    try (TopicFollower<String, FrameScore> follower =
        new TopicFollower<>(connection, Topics.FRAME_SCORES, (key, score) -> scores.add(score))) {
      follower.start();
      follower.awaitCaughtUp();
    }
    return scores.stream().filter(score -> score.getVideoId().equals(videoId)).toList();
  }
}
