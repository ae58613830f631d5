package io.framewarden.runtime.feed;

import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The verdicts topic by video id. A verdict that is kept in memory takes some 20 KB with its
 * evidence; of every video there is a summary of some 100 bytes.
 */
public final class VerdictView extends TopicView<Verdict> implements VerdictLookup {
  private final Map<String, VerdictSummary> summaries = new ConcurrentHashMap<>();
  private final List<Consumer<Verdict>> listeners = new CopyOnWriteArrayList<>();

  /**
   * @param videos how many verdicts to keep in memory
   */
  public VerdictView(KafkaConnection connection, int videos) {
    super(connection, Topics.VERDICTS, videos);
  }

  /** Calls a listener with every verdict read from now on, on the view's thread. */
  public void listen(Consumer<Verdict> listener) {
    listeners.add(listener);
  }

  @Override
  public Optional<VerdictSummary> summary(String videoId) {
    return Optional.ofNullable(summaries.get(videoId));
  }

  @Override
  protected void taken(String videoId, Verdict verdict) {
    if (verdict == null) {
      summaries.remove(videoId);
    } else {
      summaries.put(videoId, VerdictSummary.of(verdict));
      listeners.forEach(listener -> listener.accept(verdict));
    }
  }
}
