package io.framewarden.ingest.http;

import io.framewarden.ingest.decision.DecisionLog;
import io.framewarden.v1.Decision;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Decisions in memory. */
final class RecordedDecisions implements DecisionLog {
  final List<Decision> all = new CopyOnWriteArrayList<>();
  volatile Runnable onRecord = () -> {};
  volatile IOException broken;

  @Override
  public Optional<Decision> find(String videoId) {
    return all.stream()
        .filter(decision -> decision.getVideoId().equals(videoId))
        .reduce((earlier, later) -> later);
  }

  @Override
  public void record(Decision decision) throws IOException {
    if (broken != null) {
      throw broken;
    }
    all.add(decision);
    onRecord.run();
  }
}
