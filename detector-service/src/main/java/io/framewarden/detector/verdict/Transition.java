package io.framewarden.detector.verdict;

import io.framewarden.detector.verdict.state.VideoState;
import io.framewarden.v1.RescoreRequest;
import io.framewarden.v1.Verdict;
import java.util.List;
import java.util.Optional;

/** What an event did to a video: the state to store and the messages to send. Immutable. */
public final class Transition {

  /** What became of an event. */
  public enum Effect {
    /** It counts; the state changed. */
    COUNTED,
    /** The same came before; nothing changed. */
    DUPLICATE,
    /** It belongs to an attempt that a higher one replaced; nothing changed. */
    STALE
  }

  private final Effect effect;
  private final VideoState state;
  private final Verdict verdict; // null for none
  private final List<RescoreRequest> rescores;

  private Transition(
      Effect effect, VideoState state, Verdict verdict, List<RescoreRequest> rescores) {
    this.effect = effect;
    this.state = state;
    this.verdict = verdict;
    this.rescores = List.copyOf(rescores);
  }

  static Transition unchanged(Effect effect, VideoState state) {
    return new Transition(effect, state, null, List.of());
  }

  static Transition counted(VideoState state, List<RescoreRequest> rescores) {
    return new Transition(Effect.COUNTED, state, null, rescores);
  }

  static Transition counted(VideoState state, Verdict verdict, List<RescoreRequest> rescores) {
    return new Transition(Effect.COUNTED, state, verdict, rescores);
  }

  /** What became of the event. */
  public Effect effect() {
    return effect;
  }

  /** The state from now on. */
  public VideoState state() {
    return state;
  }

  /** The verdict to emit now, if any. */
  public Optional<Verdict> verdict() {
    return Optional.ofNullable(verdict);
  }

  /** The frames to request to be scored again now, in requests of bounded size. */
  public List<RescoreRequest> rescores() {
    return rescores;
  }
}
