package io.framewarden.detector.verdict;

import io.framewarden.detector.verdict.state.TrackState;
import io.framewarden.schemas.text.CountText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Says which tracks are too short to decide. Stateless. */
final class ShortTracksText {
  private static final int MAX_NAMED = 3;

  private ShortTracksText() {}

  /**
   * A sentence on each track that does not decide, or one on all of them where they are many.
   *
   * @param deciding those of the tracks that decide, at least one
   */
  static List<String> of(
      Collection<TrackState> tracks, Collection<TrackState> deciding, int minTrackFrames) {
    List<String> sentences = new ArrayList<>();
    Set<TrackState> longEnough = new HashSet<>(deciding);
    List<TrackState> tooShort =
        tracks.stream().filter(track -> !longEnough.contains(track)).toList();
    if (tooShort.size() > MAX_NAMED) {
      sentences.add(
          tooShort.size()
              + " of "
              + CountText.of(tracks.size(), "track")
              + " have too few scored frames; the policy needs "
              + minTrackFrames
              + " to decide.");
    } else {
      tooShort.forEach(track -> sentences.add(sentence(track, minTrackFrames)));
    }
    if (deciding.stream().allMatch(track -> track.frames() < minTrackFrames)) {
      sentences.add(
          "No track has the "
              + CountText.of(minTrackFrames, "scored frame")
              + " that the policy needs; the longest decides.");
    }
    return sentences;
  }

  private static String sentence(TrackState track, int minTrackFrames) {
    return "Track "
        + track.trackId()
        + " has "
        + CountText.of(track.frames(), "scored frame")
        + (track.lowQualityFrames() > 0 ? " of the required quality" : "")
        + "; the policy needs "
        + minTrackFrames
        + " to decide.";
  }
}
