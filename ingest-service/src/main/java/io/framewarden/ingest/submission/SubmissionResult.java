package io.framewarden.ingest.submission;

import io.framewarden.v1.VideoUpload;

/**
 * What became of a submission.
 *
 * @param upload the video that answers it
 * @param repeated whether that is an earlier upload of the same bytes, or of the same request
 */
public record SubmissionResult(VideoUpload upload, boolean repeated) {}
