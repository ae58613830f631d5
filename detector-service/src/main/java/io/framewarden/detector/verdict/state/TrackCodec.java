package io.framewarden.detector.verdict.state;

import io.framewarden.detector.verdict.state.v1.StoredTrack;
import java.util.Map;

/** The stored form of a {@link TrackState}. Stateless. */
final class TrackCodec {
  private TrackCodec() {}

  static StoredTrack encode(TrackState track) {
    StoredTrack.Builder stored =
        StoredTrack.newBuilder()
            .setTrackId(track.trackId())
            .setStream(track.stream())
            .setFrames(track.frames())
            .setProbabilityUnits(track.sum().units())
            .setFirstUs(track.firstUs())
            .setLastUs(track.lastUs())
            .setLowQualityFrames(track.lowQualityFrames())
            .setHistogramFrom(track.histogram().first())
            .setWindowUs(track.windows().widthUs());
    for (int bin = track.histogram().first(); bin <= track.histogram().last(); bin++) {
      stored.addHistogram(track.histogram().count(bin));
    }
    int previous = 0;
    for (Map.Entry<Integer, ProbabilitySum> window : track.windows().sums().entrySet()) {
      stored.addWindowSteps(window.getKey() - previous);
      stored.addWindowFrames(window.getValue().count());
      stored.addWindowUnits(window.getValue().units());
      previous = window.getKey();
    }
    return stored.build();
  }

  static TrackState decode(StoredTrack stored) {
    TimeWindows windows = new TimeWindows(stored.getWindowUs());
    int index = 0;
    for (int i = 0; i < stored.getWindowStepsCount(); i++) {
      index += stored.getWindowSteps(i);
      windows.put(index, new ProbabilitySum(stored.getWindowUnits(i), stored.getWindowFrames(i)));
    }
    TrackState track =
        new TrackState(
            stored.getTrackId(),
            stored.getStream(),
            new ProbabilitySum(stored.getProbabilityUnits(), stored.getFrames()),
            windows,
            stored.getFirstUs(),
            stored.getLastUs(),
            stored.getLowQualityFrames());
    for (int i = 0; i < stored.getHistogramCount(); i++) {
      track.histogram().add(stored.getHistogramFrom() + i, stored.getHistogram(i));
    }
    return track;
  }
}
