package io.framewarden.detector.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.framewarden.detector.verdict.state.StateCodec;
import io.framewarden.detector.verdict.state.VideoState;
import io.framewarden.v1.FrameScore;
import io.framewarden.v1.Timings;
import io.framewarden.v1.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same frames give the same verdict, in whatever order they arrive. */
@Tag("slow")
class ArrivalOrderTest {
  private static final int FRAMES = 500;

  @ParameterizedTest
  @EnumSource
  void doesNotMatter(Aggregation aggregation) {
    VerdictConfig config = Messages.config(PolicySettings.AGGREGATION, aggregation.name());
    List<FrameScore> scores = scores();
    Verdict expected = verdict(config, scores);
    Random random = new Random(7);
    for (int round = 0; round < 10; round++) {
      Collections.shuffle(scores, random);
      assertEquals(expected, verdict(config, scores));
    }
  }

  /** Several tracks, awkward probabilities, failures, and times that make windows join. */
  private static List<FrameScore> scores() {
    Random random = new Random(42);
    List<FrameScore> scores = new ArrayList<>();
    for (int seq = 0; seq < FRAMES; seq++) {
      FrameScore.Builder score =
          Messages.score(seq, random.nextInt(4), random.nextDouble()).toBuilder()
              .setPtsUs(seq * 30_000_000L)
              .setEngine("engine-" + random.nextInt(2));
      scores.add(random.nextInt(20) == 0 ? Messages.failed(seq) : score.build());
    }
    return scores;
  }

  private static Verdict verdict(VerdictConfig config, List<FrameScore> scores) {
    VideoLifecycle lifecycle = new VideoLifecycle(config.policy(), config.timings());
    VideoState state = lifecycle.onMarker(null, Messages.marker(FRAMES), 1000).state();
    Verdict last = null;
    for (FrameScore score : scores) {
      Transition transition = lifecycle.onScore(stored(state), score, 1000);
      state = transition.state();
      last = transition.verdict().orElse(last);
    }
    return last.toBuilder().setTimings(Timings.getDefaultInstance()).build();
  }

  private static VideoState stored(VideoState state) {
    return StateCodec.decode(StateCodec.encode(state));
  }
}
