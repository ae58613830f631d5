package io.framewarden.detector.scoring;

import io.framewarden.detector.engine.Scores;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.FrameScore;
import java.util.Optional;

/**
 * One face frame on its way to its score: first the frame, or the reason why it cannot be read;
 * after the engine its row of the batch's answers, or the reason why the engine was not given it;
 * at the end the score. Handed from thread to thread, used by one at a time; shares the frame's
 * pixels and copies none.
 */
public class ScoringRequest {

  /** Why a frame has no score of a model, for programs and for people. */
  public record Failure(FailureReason reason, String message) {}

  private final FaceFrame frame; // null when it cannot be read
  private final int originPartition;
  private final long originOffset;
  private Failure failure; // null as long as nothing is wrong
  private FrameScoreFactory factory; // null until the engine's turn
  private Scores answers; // null for a frame that the engine is not given
  private int row;
  private FrameScore score; // null until it is completed

  /**
   * A request for a score.
   *
   * @param frame with sound ids
   * @param originPartition where its record lies on face-frames
   * @param originOffset where its record lies in the partition
   */
  public ScoringRequest(FaceFrame frame, int originPartition, long originOffset) {
    this.frame = frame;
    this.originPartition = originPartition;
    this.originOffset = originOffset;
  }

  /** A request that is over before it began: there will be no score, not even a failed one. */
  protected ScoringRequest(Failure unreadable) {
    this.frame = null;
    this.originPartition = 0;
    this.originOffset = 0;
    this.failure = unreadable;
  }

  /** Whether there is a frame, and so will be a score, were it a failed one. */
  public final boolean isReadable() {
    return frame != null;
  }

  /**
   * The frame.
   *
   * @throws IllegalStateException when it cannot be read
   */
  public final FaceFrame frame() {
    if (frame == null) {
      throw new IllegalStateException("this frame cannot be read: " + failure);
    }
    return frame;
  }

  /** Why the frame was not scored, once that is known; empty for one that was. */
  public final Optional<Failure> failure() {
    return Optional.ofNullable(failure);
  }

  /** The score, perhaps a failed one; empty before it is completed, and for an unreadable frame. */
  public final Optional<FrameScore> score() {
    return Optional.ofNullable(score);
  }

  /** The same frame, to be scored again from the start. */
  final ScoringRequest forAnotherModel() {
    return new ScoringRequest(frame(), originPartition, originOffset);
  }

  final int originPartition() {
    return originPartition;
  }

  final long originOffset() {
    return originOffset;
  }

  /** The engine is not given this frame. */
  final void refuse(FrameScoreFactory by, Failure reason) {
    factory = by;
    failure = reason;
  }

  /** The engine has answered: this frame's is row {@code index} of the batch's answers. */
  final void answer(FrameScoreFactory by, Scores batch, int index) {
    factory = by;
    answers = batch;
    row = index;
  }

  /** Makes the score of a readable frame, after the engine's turn. */
  final void complete() {
    if (failure == null) {
      failure = factory.findUnsoundAnswer(answers, row).orElse(null);
    }
    score =
        failure == null ? factory.score(this, answers, row) : factory.failedScore(this, failure);
    answers = null; // the whole batch's
  }
}
