package io.framewarden.ingest.http;

import io.framewarden.ingest.decision.DecisionLog;
import io.framewarden.ingest.status.VideoStatusIndex;
import io.framewarden.ingest.submission.SubmissionService;
import io.framewarden.ingest.submission.TombstonePublisher;
import io.framewarden.runtime.feed.VerdictLookup;
import io.framewarden.runtime.store.ObjectStore;
import java.util.function.BooleanSupplier;

/**
 * What the API stands on. It owns none of it.
 *
 * @param submissions takes content in
 * @param store holds it
 * @param tombstones announce deletions
 * @param videos knows the videos
 * @param findings what was found of the videos
 * @param ready whether the videos and verdicts of earlier runs are known
 */
public record VideoBackend(
    SubmissionService submissions,
    ObjectStore store,
    TombstonePublisher tombstones,
    VideoStatusIndex videos,
    Findings findings,
    BooleanSupplier ready) {

  /**
   * What was found of videos.
   *
   * @param verdicts by the model, the latest of each video
   * @param decisions by moderators
   */
  public record Findings(VerdictLookup verdicts, DecisionLog decisions) {}

  VerdictLookup verdicts() {
    return findings.verdicts();
  }

  DecisionLog decisions() {
    return findings.decisions();
  }
}
