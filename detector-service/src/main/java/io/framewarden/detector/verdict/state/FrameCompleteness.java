package io.framewarden.detector.verdict.state;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which seqs of an attempt are in: one bit each for scored and for failed frames. It is what makes
 * every frame count once, and what names the missing ones.
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

  /** Notes a scored frame; a score outweighs an earlier failure of the same frame. */
  boolean addScored(int seq) {
    if (scored.get(seq)) {
      return false;
    }
    scored.set(seq);
    failed.clear(seq);
    return true;
  }

  /** Notes a frame that could not be scored. */
  boolean addFailed(int seq) {
    if (scored.get(seq) || failed.get(seq)) {
      return false;
    }
    failed.set(seq);
    return true;
  }

  public int scored() {
    return scored.cardinality();
  }

  public int failed() {
    return failed.cardinality();
  }

  /** Frames that are in, scored or failed. */
  public int frames() {
    return scored() + failed();
  }

  /** Whether seqs 0..expected-1 are all in. */
  public boolean complete(int expected) {
    return missing(expected) == 0;
  }

  /** How many of the seqs 0..expected-1 are not in. */
  public int missing(int expected) {
    return expected - in().get(0, expected).cardinality();
  }

  /** The first seqs of 0..expected-1 that are not in, at most {@code limit}. */
  public List<Integer> missingSeqs(int expected, int limit) {
    BitSet in = in();
    return IntStream.iterate(
            in.nextClearBit(0), seq -> seq < expected, seq -> in.nextClearBit(seq + 1))
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

  /** A copy: the seqs that are in, scored or failed. */
  BitSet in() {
    BitSet in = (BitSet) scored.clone();
    in.or(failed);
    return in;
  }
}
