package io.framewarden.runtime.store.s3;

import io.framewarden.runtime.store.ContentCopy;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * One object on its way to S3. What fits in one part is put at once, anything larger goes as a
 * multipart upload, which is aborted when it breaks: either way the object is there whole or not at
 * all. A part waits in a file, so memory does not grow with parts or uploads. One thread.
 */
final class Upload {
  private static final Logger LOG = LoggerFactory.getLogger(Upload.class);
  private static final String TYPE = "application/octet-stream";

  private final S3Client client;
  private final String bucket;
  private final String key;
  private final Path file;
  private final long partBytes;

  /**
   * @param file that parts wait in; made anew for each, deleted by the caller
   * @param partBytes the size of every part but the last
   */
  Upload(S3Client client, String bucket, String key, Path file, long partBytes) {
    this.client = client;
    this.bucket = bucket;
    this.key = key;
    this.file = file;
    this.partBytes = partBytes;
  }

  /** Sends all of the content. */
  void send(ContentCopy content) throws IOException {
    Part first = fill(content);
    if (first.bytes < partBytes) {
      client.putObject(
          put -> put.bucket(bucket).key(key).contentType(TYPE).contentMD5(first.md5), body(first));
      return;
    }
    String upload =
        client
            .createMultipartUpload(start -> start.bucket(bucket).key(key).contentType(TYPE))
            .uploadId();
    boolean whole = false;
    try {
      List<CompletedPart> parts = sendParts(upload, first, content);
      client.completeMultipartUpload(
          end ->
              end.bucket(bucket)
                  .key(key)
                  .uploadId(upload)
                  .multipartUpload(all -> all.parts(parts)));
      whole = true;
    } finally {
      if (!whole) {
        abort(upload);
      }
    }
  }

  private List<CompletedPart> sendParts(String upload, Part first, ContentCopy content)
      throws IOException {
    List<CompletedPart> parts = new ArrayList<>();
    for (Part part = first; part.bytes > 0; part = fill(content)) {
      int number = parts.size() + 1;
      Part sent = part;
      String etag =
          client
              .uploadPart(
                  one ->
                      one.bucket(bucket)
                          .key(key)
                          .uploadId(upload)
                          .partNumber(number)
                          .contentMD5(sent.md5),
                  body(sent))
              .eTag();
      parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
      if (part.bytes < partBytes) {
        break;
      }
    }
    return parts;
  }

  /** The file as a body that a retry can read again. */
  private RequestBody body(Part part) {
    return RequestBody.fromContentProvider(
        () -> {
          try {
            return Files.newInputStream(file);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        part.bytes,
        TYPE);
  }

  private Part fill(ContentCopy content) throws IOException {
    MessageDigest md5 = md5();
    try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), md5)) {
      long bytes = content.copy(out, partBytes);
      return new Part(bytes, Base64.getEncoder().encodeToString(md5.digest()));
    }
  }

  private void abort(String upload) {
    try {
      client.abortMultipartUpload(over -> over.bucket(bucket).key(key).uploadId(upload));
    } catch (SdkException e) {
      LOG.warn("half of {} stays in {} until a later start: {}", key, bucket, e.getMessage());
    }
  }

  /** For the line only: what an object is, its sha256 says. */
  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  private record Part(long bytes, String md5) {}
}
