package io.framewarden.detector.verdict;

import io.framewarden.detector.verdict.state.ModelScores;
import io.framewarden.detector.verdict.state.VideoState;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.FramePosition;
import io.framewarden.v1.RescoreRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * Has a video that several models scored finished by one: once all frames are in, those that the
 * judging model has not scored are requested to be scored again. Stateless.
 */
final class RescorePlanner {
  private RescorePlanner() {}

  /** The requests to send now; the state records them as requested. */
  static List<RescoreRequest> takeRequests(String videoId, VideoState state) {
    List<FramePosition> frames = state.takeRescores();
    ModelScores judging = state.judgingModel();
    List<RescoreRequest> requests = new ArrayList<>();
    for (int from = 0; from < frames.size(); from += Topics.MAX_RESCORED_FRAMES) {
      int to = Math.min(frames.size(), from + Topics.MAX_RESCORED_FRAMES);
      requests.add(
          RescoreRequest.newBuilder()
              .setVideoId(videoId)
              .setAttempt(state.attempt())
              .setModelDigest(judging.digest())
              .setReleaseTimeUs(judging.releaseTimeUs())
              .addAllFrames(frames.subList(from, to))
              .build());
    }
    return requests;
  }
}
