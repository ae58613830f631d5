package io.framewarden.detector.verdict;

import io.framewarden.detector.verdict.state.TrackState;

/** How the probabilities of a track's frames become the probability of the track. */
public enum Aggregation {
  /** Their mean. */
  MEAN {
    @Override
    double of(TrackState track, double topFraction) {
      return track.sum().mean();
    }
  },
  /** The mean of the highest ones, to within 1/512: it finds forgeries that come and go. */
  TOP_FRACTION {
    @Override
    double of(TrackState track, double topFraction) {
      return track.histogram().topMean(topFraction);
    }
  };

  /**
   * Aggregates a track.
   *
   * @param topFraction share of the frames that TOP_FRACTION averages, in (0, 1]
   * @return P(fake) in [0, 1]
   */
  abstract double of(TrackState track, double topFraction);
}
