package io.framewarden.detector.verdict.state;

import io.framewarden.v1.EvidenceFrame;
import io.framewarden.v1.FrameScore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The most telling frames of a video: those with an image to show before those without, then the
 * most suspicious, then the earliest. A total order, so the order of arrival does not matter.
 */
public final class TopEvidence {
  private static final Comparator<EvidenceFrame> BEST_FIRST =
      Comparator.comparing(EvidenceFrame::hasEvidence, Comparator.reverseOrder())
          .thenComparing(EvidenceFrame::getProbability, Comparator.reverseOrder())
          .thenComparing(EvidenceFrame::getSeq);

  private final List<EvidenceFrame> frames = new ArrayList<>();

  /** Offers a scored frame; the shelf keeps the best {@code room}. */
  void offer(FrameScore score, int room) {
    EvidenceFrame frame = frameOf(score);
    int place = -Collections.binarySearch(frames, frame, BEST_FIRST) - 1;
    if (place >= 0 && place < room) {
      frames.add(place, frame);
    }
    while (frames.size() > room) {
      frames.remove(frames.size() - 1);
    }
  }

  void put(EvidenceFrame frame) {
    frames.add(frame);
  }

  /** Best first. */
  public List<EvidenceFrame> frames() {
    return Collections.unmodifiableList(frames);
  }

  private static EvidenceFrame frameOf(FrameScore score) {
    EvidenceFrame.Builder frame =
        EvidenceFrame.newBuilder()
            .setSeq(score.getSeq())
            .setTrackId(score.getTrackId())
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
