package io.framewarden.detector.verdict.state;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which seqs of an attempt have a score: one bit each for scored and for failed frames. It makes
 * every frame count once and names the missing ones. Not safe for several threads.
 */
public final class FrameCompleteness {
  private final BitSet scored;
  private final BitSet failed;

  FrameCompleteness() {
    this(new BitSet(), new BitSet());
  }

  FrameCompleteness(BitSet scored, BitSet failed) {
    this.scored = scored;
    this.failed = failed;
  }

  /**
   * Adds a scored frame; a score replaces an earlier failure of the same frame.
   *
   * @return false when the frame was scored before
   */
  boolean addScored(int seq) {
    if (scored.get(seq)) {
      return false;
    }
    scored.set(seq);
    failed.clear(seq);
    return true;
  }

  /**
   * Adds a frame that could not be scored.
   *
   * @return false when the frame was received before, scored or failed
   */
  boolean addFailed(int seq) {
    if (scored.get(seq) || failed.get(seq)) {
      return false;
    }
    failed.set(seq);
    return true;
  }

  /** How many frames were scored. */
  public int scored() {
    return scored.cardinality();
  }

  /** How many frames could not be scored. */
  public int failed() {
    return failed.cardinality();
  }

  /** How many frames were received, scored or failed. */
  public int received() {
    return scored() + failed();
  }

  /** Whether the seqs 0..expected-1 were all received. */
  public boolean isComplete(int expected) {
    return missing(expected) == 0;
  }

  /** How many of the seqs 0..expected-1 were not received. */
  public int missing(int expected) {
    return expected - receivedSeqs().get(0, expected).cardinality();
  }

  /** The first of the seqs 0..expected-1 that were not received, at most {@code limit}. */
  public List<Integer> missingSeqs(int expected, int limit) {
    BitSet received = receivedSeqs();
    return IntStream.iterate(
            received.nextClearBit(0), seq -> seq < expected, seq -> received.nextClearBit(seq + 1))
        .limit(limit)
        .boxed()
        .toList();
  }

  byte[] scoredBits() {
    return scored.toByteArray();
  }

  byte[] failedBits() {
    return failed.toByteArray();
  }

  /** The seqs that were received, scored or failed; a copy. */
  BitSet receivedSeqs() {
    BitSet received = (BitSet) scored.clone();
    received.or(failed);
    return received;
  }
}
