package io.framewarden.ingest.status;

import io.framewarden.v1.VideoUpload;

/**
 * An extraction that failed for a reason that is not the video's, and is tried again.
 *
 * @param upload what is extracted
 * @param failedTries how often it has failed
 */
public record PendingRetry(VideoUpload upload, int failedTries) {}
