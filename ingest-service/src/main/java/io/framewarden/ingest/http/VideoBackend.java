package io.framewarden.ingest.http;

import io.framewarden.ingest.progress.VideoLedger;
import io.framewarden.ingest.submission.CutOffUploads;
import io.framewarden.ingest.submission.Tombstones;
import io.framewarden.ingest.upload.UploadIntake;
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
    UploadIntake intake,
    ObjectStore store,
    Tombstones tombstones,
    VideoLedger ledger,
    Function<String, Optional<Verdict>> verdicts,
    Optional<CutOffUploads> cutOff,
    BooleanSupplier ready) {}
