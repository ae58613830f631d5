package io.framewarden.ingest.kafka;

import io.framewarden.ingest.decision.DecisionLog;
import io.framewarden.runtime.feed.TopicView;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.lifecycle.Health;
import io.framewarden.runtime.lifecycle.Service;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.Decision;
import java.io.IOException;
import java.util.Optional;

/** The decisions of moderators on their topic. Does not own the sink, which must be started. */
public final class DecisionTopic implements DecisionLog, Service {
  private static final int IN_MEMORY = 2000;

  private final KafkaUploadSink sink;
  private final TopicView<Decision> view;

  public DecisionTopic(KafkaConnection connection, KafkaUploadSink sink) {
    this.sink = sink;
    this.view = new TopicView<>(connection, Topics.MODERATOR_DECISIONS, IN_MEMORY);
  }

  @Override
  public String name() {
    return view.name();
  }

  @Override
  public Optional<Decision> find(String videoId) {
    return view.find(videoId);
  }

  @Override
  public void record(Decision decision) throws IOException {
    // Before the topic's echo: who decided asks what was decided.
    view.take(decision.getVideoId(), decision, sink.publish(decision));
  }

  @Override
  public void start() {
    view.start();
  }

  /** Waits until all that was there at the start has been read, or the reading is over. */
  public void awaitCaughtUp() throws InterruptedException {
    view.awaitCaughtUp();
  }

  @Override
  public Health health() {
    return view.health();
  }

  @Override
  public void close() {
    view.close();
  }
}
