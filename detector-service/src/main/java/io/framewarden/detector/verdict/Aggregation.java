package io.framewarden.detector.verdict;

import io.framewarden.detector.verdict.state.TrackState;

/** How the probabilities of a track's frames become the track's probability. */
public enum Aggregation {
  /** Their mean. */
  MEAN {
    @Override
    double of(TrackState track, double topFraction) {
      return track.sum().mean();
    }
  },
  /** The mean of the highest ones, to within 1/512: finds forgeries that come and go. */
  TOP_FRACTION {
    @Override
    double of(TrackState track, double topFraction) {
      return track.histogram().topMean(topFraction);
    }
  };

  /**
   * @param topFraction in (0, 1]
   * @return P(fake) in [0, 1]
   */
  abstract double of(TrackState track, double topFraction);
}
