package io.framewarden.ingest.http;

import io.framewarden.ingest.status.VideoStatusIndex;
import io.framewarden.ingest.submission.SubmissionService;
import io.framewarden.ingest.submission.TombstonePublisher;
import io.framewarden.runtime.store.ObjectStore;
import io.framewarden.v1.Verdict;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * What the API stands on. It owns none of it.
 *
 * @param submissions takes content in
 * @param store holds it
 * @param tombstones announce deletions
 * @param videos knows the videos
 * @param verdicts a video's latest verdict; may throw {@link java.io.UncheckedIOException}
 * @param ready whether the videos and verdicts of earlier runs are known
 */
public record VideoBackend(
    SubmissionService submissions,
    ObjectStore store,
    TombstonePublisher tombstones,
    VideoStatusIndex videos,
    Function<String, Optional<Verdict>> verdicts,
    BooleanSupplier ready) {}
