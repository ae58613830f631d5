package io.framewarden.detector.verdict;

import io.framewarden.detector.verdict.state.ProbabilitySum;
import io.framewarden.detector.verdict.state.TrackState;
import io.framewarden.v1.Segment;
import io.framewarden.v1.TrackVerdict;
import io.framewarden.v1.VerdictLabel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Judges tracks by a policy. Stateless. */
final class TrackJudge {
  /** Empty windows inside a segment that do not end it: the face was briefly lost. */
  private static final int BRIDGED_WINDOWS = 2;

  private final VerdictPolicy policy;

  TrackJudge(VerdictPolicy policy) {
    this.policy = policy;
  }

  double probabilityOf(TrackState track) {
    return policy.aggregation().of(track, policy.topFraction());
  }

  /**
   * P(fake) of the most suspicious track that may decide; empty where none has a frame that counts.
   */
  OptionalDouble videoProbability(Collection<TrackState> tracks) {
    int needed = framesToDecide(tracks);
    return tracks.stream()
        .filter(track -> decides(track, needed))
        .mapToDouble(this::probabilityOf)
        .max();
  }

  /** A verdict per track, by track id; one too short to decide is UNCERTAIN. */
  List<TrackVerdict> verdicts(Collection<TrackState> tracks) {
    int needed = framesToDecide(tracks);
    return tracks.stream().map(track -> verdict(track, decides(track, needed))).toList();
  }

  /** The suspicious stretches of every track that may decide. */
  List<Segment> segments(Collection<TrackState> tracks) {
    int needed = framesToDecide(tracks);
    return tracks.stream()
        .filter(track -> decides(track, needed))
        .flatMap(track -> segments(track).stream())
        .toList();
  }

  /** A track that is left with no frame at all decides nothing, however short the others are. */
  private static boolean decides(TrackState track, int needed) {
    return track.frames() > 0 && track.frames() >= needed;
  }

  private int framesToDecide(Collection<TrackState> tracks) {
    int longest = tracks.stream().mapToInt(TrackState::frames).max().orElse(0);
    return Math.min(policy.minTrackFrames(), longest);
  }

  private TrackVerdict verdict(TrackState track, boolean decides) {
    double probability = probabilityOf(track);
    return TrackVerdict.newBuilder()
        .setTrackId(track.trackId())
        .setLabel(decides ? policy.labelOf(probability) : VerdictLabel.UNCERTAIN)
        .setProbability(probability)
        .setFrames(track.frames())
        .setLowQualityFrames(track.poorFrames())
        .setFirstUs(track.firstUs())
        .setLastUs(track.lastUs())
        .build();
  }

  private List<Segment> segments(TrackState track) {
    List<Segment> found = new ArrayList<>();
    Stretch open = null;
    for (Map.Entry<Integer, ProbabilitySum> window : track.windows().sums().entrySet()) {
      int index = window.getKey();
      boolean suspicious = window.getValue().mean() >= policy.operatingPoint().fakeAt();
      if (open != null && (!suspicious || index - open.last > BRIDGED_WINDOWS + 1)) {
        found.add(open.segment(track));
        open = null;
      }
      if (suspicious) {
        open = open == null ? new Stretch(index) : open;
        open.extend(index, window.getValue());
      }
    }
    if (open != null) {
      found.add(open.segment(track));
    }
    return found;
  }

  /** Windows joined so far. */
  private static final class Stretch {
    private final int first;
    private final ProbabilitySum sum = ProbabilitySum.empty();
    private int last;

    Stretch(int first) {
      this.first = first;
    }

    void extend(int index, ProbabilitySum window) {
      last = index;
      sum.add(window);
    }

    Segment segment(TrackState track) {
      long width = track.windows().widthUs();
      return Segment.newBuilder()
          .setTrackId(track.trackId())
          .setStartUs(Math.max(track.firstUs(), first * width))
          .setEndUs(Math.min(track.lastUs(), (last + 1) * width))
          .setProbability(sum.mean())
          .setFrames(sum.count())
          .build();
    }
  }
}
