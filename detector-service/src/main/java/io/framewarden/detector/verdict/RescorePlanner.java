package io.framewarden.detector.verdict;

import io.framewarden.detector.verdict.state.ModelScores;
import io.framewarden.detector.verdict.state.VideoState;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.FramePosition;
import io.framewarden.v1.RescoreRequest;
import io.framewarden.v1.VideoMarker;
import java.util.ArrayList;
import java.util.List;

/**
 * Has a video that two models scored finished by one: when all frames are in, those that the model
 * that judges has not seen are asked for again.
 */
final class RescorePlanner {
  private RescorePlanner() {}

  /** What is to be scored again now, noted in the state as asked for. */
  static List<RescoreRequest> requests(String videoId, VideoState state) {
    int expected = state.marker().map(VideoMarker::getFaceFrames).orElse(0);
    List<FramePosition> frames = state.takeRescores(expected);
    ModelScores winner = state.winner();
    List<RescoreRequest> requests = new ArrayList<>();
    for (int from = 0; from < frames.size(); from += Topics.MAX_RESCORED_FRAMES) {
      int to = Math.min(frames.size(), from + Topics.MAX_RESCORED_FRAMES);
      requests.add(
          RescoreRequest.newBuilder()
              .setVideoId(videoId)
              .setAttempt(state.attempt())
              .setModelDigest(winner.digest())
              .setReleaseTimeUs(winner.releaseTimeUs())
              .addAllFrames(frames.subList(from, to))
              .build());
    }
    return requests;
  }
}
