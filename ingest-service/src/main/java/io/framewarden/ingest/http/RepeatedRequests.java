package io.framewarden.ingest.http;

import io.framewarden.ingest.status.CallerIds;
import io.framewarden.ingest.status.VideoStatus;
import io.framewarden.ingest.submission.ApiException;
import io.framewarden.ingest.submission.ProblemType;
import io.framewarden.schemas.model.Sha256;
import io.framewarden.v1.CallerReference;
import io.framewarden.v1.VideoUpload;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Tells the same request again from another one with the same idempotency key: by the digest of the
 * content, or of the URI that names it, and by the caller's own ids. What cannot be compared is
 * another one, since content that is answered by an earlier video is never judged. Stateless; safe
 * for several threads.
 */
final class RepeatedRequests {
  private static final int BUFFER_BYTES = 1 << 16;

  private final VideoBackend backend;

  RepeatedRequests(VideoBackend backend) {
    this.backend = backend;
  }

  /**
   * What an earlier request with the same key became.
   *
   * @param id of the key
   * @throws ApiException when its video was deleted, or nothing of it is known but its verdict
   */
  Optional<VideoUpload> find(String id) throws ApiException {
    if (backend.videos().isDeleted(id)) {
      throw new ApiException(
          ProblemType.DELETED, "the video of this Idempotency-Key was deleted; use another key");
    }
    Optional<VideoStatus> known = backend.videos().find(id);
    Optional<VideoUpload> upload = known.map(VideoStatus::upload);
    if (upload.isEmpty() && (known.isPresent() || backend.verdicts().find(id).isPresent())) {
      throw reused("came before, with what is not known any more");
    }
    return upload;
  }

  /** Refuses a URI other than the one that an earlier upload was fetched from. */
  static void requireSame(VideoUpload earlier, String uriSha256) throws ApiException {
    if (uriSha256.isEmpty() || !uriSha256.equals(earlier.getRequestedUriSha256())) {
      throw reused(
          earlier.getRequestedUriSha256().isEmpty()
              ? "came with content before, not with a URI"
              : "came with another URI before");
    }
  }

  /**
   * Refuses other ids than those of an earlier upload: they would never get a verdict. Metadata,
   * like a file's name, is not compared.
   */
  static void requireSame(VideoUpload earlier, CallerReference reference) throws ApiException {
    if (!CallerIds.of(earlier).equals(CallerIds.of(reference))) {
      throw reused("came with another external_id, user or post before");
    }
  }

  /**
   * Refuses content that cannot be that of an earlier upload, before it is read.
   *
   * @param length of the content; negative for unknown
   */
  static void requireLike(VideoUpload earlier, long length) throws ApiException {
    if (!earlier.getRequestedUriSha256().isEmpty()) {
      throw reused("came with a URI before, not with content");
    }
    if (length >= 0 && length != earlier.getSizeBytes()) {
      throw reused("came with content of another length before");
    }
  }

  /**
   * Refuses content other than that of an earlier upload.
   *
   * @param content read until it differs in length, or to its end; kept nowhere, not closed
   */
  static void requireSame(VideoUpload earlier, InputStream content)
      throws ApiException, IOException {
    MessageDigest digest = Sha256.start();
    byte[] buffer = new byte[BUFFER_BYTES];
    long bytes = 0;
    for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
      digest.update(buffer, 0, read);
      bytes += read;
      if (bytes > earlier.getSizeBytes()) {
        break;
      }
    }
    if (bytes != earlier.getSizeBytes()
        || !Sha256.finish(digest).equals(earlier.getContentSha256())) {
      throw reused("came with other content before");
    }
  }

  private static ApiException reused(String how) {
    return new ApiException(
        ProblemType.KEY_REUSED, "this Idempotency-Key " + how + "; use another key");
  }
}
