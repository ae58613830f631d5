package io.framewarden.detector.verdict;

import io.framewarden.detector.verdict.state.VideoState;
import io.framewarden.v1.RescoreRequest;
import io.framewarden.v1.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * What an event did to a video.
 *
 * @param effect what became of the event
 * @param state to remember from now on
 * @param verdict to give now, if any
 * @param rescores frames to have scored again, now
 */
public record Transition(
    Effect effect, VideoState state, Optional<Verdict> verdict, List<RescoreRequest> rescores) {

  /** What became of an event. */
  public enum Effect {
    /** It counts; the state changed. */
    COUNTED,
    /** The same came before; nothing changed. */
    DUPLICATE,
    /** It belongs to an attempt that a higher one replaced; nothing changed. */
    STALE
  }

  static Transition unchanged(Effect effect, VideoState state) {
    return new Transition(effect, state, Optional.empty(), List.of());
  }
}
