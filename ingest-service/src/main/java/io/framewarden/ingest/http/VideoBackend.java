package io.framewarden.ingest.http;

import io.framewarden.ingest.status.VideoStatusIndex;
import io.framewarden.ingest.submission.InterruptedUploadCleaner;
import io.framewarden.ingest.submission.TombstonePublisher;
import io.framewarden.ingest.submission.UploadService;
import io.framewarden.runtime.store.ObjectStore;
import io.framewarden.v1.Verdict;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * What the API stands on. It owns none of it.
 *
 * @param intake takes content in
 * @param store holds it
 * @param tombstones tell of deletions
 * @param ledger knows the videos
 * @param verdicts a video's latest verdict; may throw {@link java.io.UncheckedIOException}
 * @param cutOff what an earlier process had stored when it died
 * @param ready whether ledger and verdicts have read what was there
 */
public record VideoBackend(
    UploadService intake,
    ObjectStore store,
    TombstonePublisher tombstones,
    VideoStatusIndex ledger,
    Function<String, Optional<Verdict>> verdicts,
    Optional<InterruptedUploadCleaner> cutOff,
    BooleanSupplier ready) {}
