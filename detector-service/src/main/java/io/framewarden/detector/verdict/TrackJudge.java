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

/** Makes the verdicts on tracks by a policy. Immutable. */
final class TrackJudge {
  /** As many empty windows do not end a segment: the face was briefly lost. */
  private static final int MAX_EMPTY_WINDOWS = 2;

  private final VerdictPolicy policy;

  TrackJudge(VerdictPolicy policy) {
    this.policy = policy;
  }

  double probabilityOf(TrackState track) {
    return policy.aggregation().of(track, policy.topFraction());
  }

  /**
   * P(fake) in [0, 1] of the most suspicious track that may decide; empty where no track has a
   * frame that decides.
   */
  OptionalDouble videoProbability(Collection<TrackState> tracks) {
    return deciding(tracks).stream().mapToDouble(this::probabilityOf).max();
  }

  /** The tracks that may decide, in their order; empty where no track has a frame that decides. */
  List<TrackState> deciding(Collection<TrackState> tracks) {
    int required = requiredFrames(tracks);
    return tracks.stream().filter(track -> decides(track, required)).toList();
  }

  /** A verdict for each track, in their order; a track too short to decide is UNCERTAIN. */
  List<TrackVerdict> verdicts(Collection<TrackState> tracks) {
    int required = requiredFrames(tracks);
    return tracks.stream().map(track -> verdict(track, decides(track, required))).toList();
  }

  /** The segments at or above the fake threshold, of every track that may decide. */
  List<Segment> segments(Collection<TrackState> tracks) {
    return deciding(tracks).stream().flatMap(track -> segments(track).stream()).toList();
  }

  /** A track without a frame that counts never decides, however short the others are. */
  private static boolean decides(TrackState track, int required) {
    return track.frames() > 0 && track.frames() >= required;
  }

  private int requiredFrames(Collection<TrackState> tracks) {
    int longest = tracks.stream().mapToInt(TrackState::frames).max().orElse(0);
    return Math.min(policy.minTrackFrames(), longest);
  }

  private TrackVerdict verdict(TrackState track, boolean decides) {
    double probability = probabilityOf(track);
    return TrackVerdict.newBuilder()
        .setTrackId(track.trackId())
        .setStream(track.stream())
        .setLabel(decides ? policy.labelOf(probability) : VerdictLabel.UNCERTAIN)
        .setProbability(probability)
        .setFrames(track.frames())
        .setLowQualityFrames(track.lowQualityFrames())
        .setFirstUs(track.firstUs())
        .setLastUs(track.lastUs())
        .build();
  }

  private List<Segment> segments(TrackState track) {
    List<Segment> segments = new ArrayList<>();
    SegmentBuilder open = null;
    for (Map.Entry<Integer, ProbabilitySum> window : track.windows().sums().entrySet()) {
      int index = window.getKey();
      boolean suspicious = window.getValue().mean() >= policy.operatingPoint().fakeAt();
      if (open != null && (!suspicious || index - open.last > MAX_EMPTY_WINDOWS + 1)) {
        segments.add(open.build(track));
        open = null;
      }
      if (suspicious) {
        open = open == null ? new SegmentBuilder(index) : open;
        open.extend(index, window.getValue());
      }
    }
    if (open != null) {
      segments.add(open.build(track));
    }
    return segments;
  }

  /** Joins neighbouring windows to a segment. */
  private static final class SegmentBuilder {
    private final int first;
    private final ProbabilitySum sum = ProbabilitySum.empty();
    private int last;

    SegmentBuilder(int first) {
      this.first = first;
    }

    void extend(int index, ProbabilitySum window) {
      last = index;
      sum.add(window);
    }

    Segment build(TrackState track) {
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
