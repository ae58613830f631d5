package io.framewarden.detector.verdict.state;

import io.framewarden.detector.verdict.state.v1.StoredVideo;
import io.framewarden.v1.FramePosition;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The positions of an attempt's face frames on their topic, so that they can be scored again. Kept
 * as runs of consecutive seqs at consecutive offsets of one partition, which is how ingest sends
 * them: some twenty a run. Not safe for several threads.
 */
final class FrameOffsets {

  /** Consecutive frames, the first at {@code offset}. */
  private record Run(int partition, long offset, int length) {
    private boolean isFollowedBy(int seqsLater, int otherPartition, long otherOffset) {
      return length == seqsLater && partition == otherPartition && offset + length == otherOffset;
    }
  }

  private final NavigableMap<Integer, Run> runs = new TreeMap<>();

  /** Adds the position of a frame; a frame that has one keeps it. */
  void add(int seq, int partition, long offset) {
    if (find(seq).isPresent()) {
      return;
    }
    int first = seq;
    Run run = new Run(partition, offset, 1);
    Map.Entry<Integer, Run> before = runs.lowerEntry(seq);
    if (before != null
        && before.getValue().isFollowedBy(seq - before.getKey(), partition, offset)) {
      first = before.getKey();
      run = new Run(partition, before.getValue().offset(), before.getValue().length() + 1);
    }
    Run after = runs.get(seq + 1);
    if (after != null && run.isFollowedBy(seq + 1 - first, after.partition(), after.offset())) {
      runs.remove(seq + 1);
      run = new Run(partition, run.offset(), run.length() + after.length());
    }
    runs.put(first, run);
  }

  /** The position of a frame; empty where it is not known. */
  Optional<FramePosition> find(int seq) {
    Map.Entry<Integer, Run> run = runs.floorEntry(seq);
    if (run == null || seq - run.getKey() >= run.getValue().length()) {
      return Optional.empty();
    }
    long offset = run.getValue().offset() + seq - run.getKey();
    return Optional.of(
        FramePosition.newBuilder()
            .setSeq(seq)
            .setPartition(run.getValue().partition())
            .setOffset(offset)
            .build());
  }

  /** Adds the runs to a stored video, each as steps from where the one before it ended. */
  void encodeTo(StoredVideo.Builder stored) {
    int next = 0;
    Map<Integer, Long> ends = new HashMap<>();
    for (Map.Entry<Integer, Run> entry : runs.entrySet()) {
      Run run = entry.getValue();
      stored.addRunSteps(entry.getKey() - next);
      stored.addRunLengths(run.length());
      stored.addRunPartitions(run.partition());
      stored.addRunOffsetSteps(run.offset() - ends.getOrDefault(run.partition(), 0L));
      next = entry.getKey() + run.length();
      ends.put(run.partition(), run.offset() + run.length());
    }
  }

  /** Adds the runs of a stored video. */
  void decodeFrom(StoredVideo stored) {
    int next = 0;
    Map<Integer, Long> ends = new HashMap<>();
    for (int i = 0; i < stored.getRunStepsCount(); i++) {
      int partition = stored.getRunPartitions(i);
      int length = stored.getRunLengths(i);
      int first = next + stored.getRunSteps(i);
      long offset = ends.getOrDefault(partition, 0L) + stored.getRunOffsetSteps(i);
      runs.put(first, new Run(partition, offset, length));
      next = first + length;
      ends.put(partition, offset + length);
    }
  }
}
