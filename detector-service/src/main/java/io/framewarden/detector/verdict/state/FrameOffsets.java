package io.framewarden.detector.verdict.state;

import io.framewarden.runtime.kafka.RecordPosition;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where the face frames of an attempt lie, so that they can be scored again. Kept as runs of seqs
 * that lie one after another in one partition, which is how ingest sends them: some twenty a run.
 */
final class FrameOffsets {

  /** Frames that lie one after another, the first at {@code offset}. */
  record Run(int partition, long offset, int length) {
    private boolean goesOnWith(int frames, int otherPartition, long otherOffset) {
      return length == frames && partition == otherPartition && offset + length == otherOffset;
    }
  }

  private final NavigableMap<Integer, Run> runs = new TreeMap<>();

  /** Notes a frame's place; one that is known stays. */
  void put(int seq, int partition, long offset) {
    if (find(seq).isPresent()) {
      return;
    }
    int first = seq;
    Run run = new Run(partition, offset, 1);
    Map.Entry<Integer, Run> before = runs.lowerEntry(seq);
    if (before != null && before.getValue().goesOnWith(seq - before.getKey(), partition, offset)) {
      first = before.getKey();
      run = new Run(partition, before.getValue().offset(), before.getValue().length() + 1);
    }
    Run after = runs.get(seq + 1);
    if (after != null && run.goesOnWith(seq + 1 - first, after.partition(), after.offset())) {
      runs.remove(seq + 1);
      run = new Run(partition, run.offset(), run.length() + after.length());
    }
    runs.put(first, run);
  }

  /** Puts a whole run behind those that are there. */
  void putRun(int first, Run run) {
    runs.put(first, run);
  }

  /** Where a frame lies, if that is known. */
  Optional<RecordPosition> find(int seq) {
    Map.Entry<Integer, Run> run = runs.floorEntry(seq);
    if (run == null || seq - run.getKey() >= run.getValue().length()) {
      return Optional.empty();
    }
    long offset = run.getValue().offset() + seq - run.getKey();
    return Optional.of(new RecordPosition(run.getValue().partition(), offset));
  }

  /** By their first seq. */
  NavigableMap<Integer, Run> runs() {
    return runs;
  }
}
