package io.framewarden.detector.verdict.state;

import io.framewarden.v1.EvidenceFrame;
import io.framewarden.v1.FrameScore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The frames of a video that a verdict shows: those with an image before those without, then the
 * most suspicious, then the earliest. It is a total order, so the order of arrival does not matter.
 * Not safe for several threads.
 */
public final class TopEvidence {
  private static final Comparator<EvidenceFrame> BEST_FIRST =
      Comparator.comparing(EvidenceFrame::hasEvidence, Comparator.reverseOrder())
          .thenComparing(EvidenceFrame::getProbability, Comparator.reverseOrder())
          .thenComparing(EvidenceFrame::getSeq);

  private final List<EvidenceFrame> frames = new ArrayList<>();

  /** Offers a scored frame; the best {@code limit} are kept. */
  void offer(FrameScore score, int limit) {
    EvidenceFrame frame = frameOf(score);
    int index = -Collections.binarySearch(frames, frame, BEST_FIRST) - 1;
    if (index >= 0 && index < limit) {
      frames.add(index, frame);
    }
    while (frames.size() > limit) {
      frames.remove(frames.size() - 1);
    }
  }

  /** Restores a stored frame behind the others. */
  void append(EvidenceFrame frame) {
    frames.add(frame);
  }

  /** The frames, best first; a view. */
  public List<EvidenceFrame> frames() {
    return Collections.unmodifiableList(frames);
  }

  private static EvidenceFrame frameOf(FrameScore score) {
    EvidenceFrame.Builder frame =
        EvidenceFrame.newBuilder()
            .setSeq(score.getSeq())
            .setTrackId(score.getTrackId())
            .setStream(score.getStream())
            .setFrameIndex(score.getFrameIndex())
            .setPtsUs(score.getPtsUs())
            .setProbability(score.getProbability());
    if (score.hasBox()) {
      frame.setBox(score.getBox());
    }
    if (score.hasEvidence()) {
      frame.setEvidence(score.getEvidence());
    }
    return frame.build();
  }
}
