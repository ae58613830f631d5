package io.framewarden.detector.verdict;

import io.framewarden.detector.verdict.state.TrackState;
import io.framewarden.schemas.text.CountText;
import io.framewarden.v1.VideoMarker;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * How much a machine must have seen to act on a label.
 *
 * @param minFrames scored frames that decide, of all tracks that decide; 0 for any
 * @param minTime time between the first and the last scored frame of the longest such track
 * @param minShare share of the sampled frames of a stream in which such a track's face decides, as
 *     {@link SeenShare} finds it, in the stream where it is largest; in [0, 1]
 */
public record AutomationEvidence(int minFrames, Duration minTime, double minShare) {
  private static final long MICROS_PER_MILLI = 1000;

  /** Which of these a video does not reach, and by how much, in sentences; empty for none. */
  List<String> shortfalls(Collection<TrackState> deciding, VideoMarker marker) {
    List<String> shortfalls = new ArrayList<>();
    int frames = deciding.stream().mapToInt(TrackState::frames).sum();
    if (frames < minFrames) {
      shortfalls.add(
          CountText.of(frames, "scored frame")
              + (frames == 1 ? " decides, " : " decide, ")
              + (minFrames - frames)
              + " fewer than the "
              + minFrames
              + " that automatic action needs.");
    }
    long timeUs =
        deciding.stream().mapToLong(track -> track.lastUs() - track.firstUs()).max().orElse(0);
    long minTimeUs = minTime.toMillis() * MICROS_PER_MILLI;
    if (timeUs < minTimeUs) {
      shortfalls.add(
          "The longest track lasts "
              + CountText.seconds(timeUs)
              + ", "
              + CountText.seconds(minTimeUs - timeUs)
              + " less than the "
              + CountText.seconds(minTimeUs)
              + " that automatic action needs.");
    }
    double share = SeenShare.of(deciding, marker);
    if (share < minShare) {
      shortfalls.add(
          String.format(
              Locale.ROOT,
              "A face decides in a share of %s of the sampled frames, %s less than the %s that"
                  + " automatic action needs.",
              shortened(share),
              shortened(minShare - share),
              shortened(minShare)));
    }
    return shortfalls;
  }

  /** To three significant digits, without trailing zeros. */
  private static String shortened(double share) {
    return new BigDecimal(share).round(new MathContext(3)).stripTrailingZeros().toPlainString();
  }
}
