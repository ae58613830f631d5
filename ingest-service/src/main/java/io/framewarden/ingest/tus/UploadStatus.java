package io.framewarden.ingest.tus;

import java.time.Instant;

/**
 * Where an upload is.
 *
 * @param offset bytes that are there
 * @param expires when it is removed if nothing comes
 */
public record UploadStatus(StagedUpload upload, long offset, Instant expires) {}
