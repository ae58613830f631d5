package io.framewarden.ingest.fetch;

import io.framewarden.ingest.submission.ApiException;
import io.framewarden.ingest.submission.ProblemType;
import io.framewarden.runtime.store.StoreConfig;
import io.framewarden.runtime.store.s3.SourceBucket;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Objects of somebody's bucket below a prefix; they are only read. */
final class BucketSource implements VideoSource {
  /** Of a key, in UTF-8; S3 refuses longer ones. */
  private static final int MAX_KEY_BYTES = 1024;

  private final String prefix;
  private final SourceBucket bucket;

  /**
   * @param prefix ends in a slash
   */
  BucketSource(URI prefix, StoreConfig s3) {
    this.prefix = prefix.toString();
    this.bucket = SourceBucket.open(s3, prefix.getHost());
  }

  @Override
  public boolean holds(URI uri) {
    return uri.toString().startsWith(prefix);
  }

  @Override
  public InputStream open(URI uri) throws ApiException, IOException {
    String key = uri.getPath().substring(1);
    int bytes = key.getBytes(StandardCharsets.UTF_8).length;
    if (bytes == 0 || bytes > MAX_KEY_BYTES) {
      throw new ApiException(
          ProblemType.SOURCE_UNAVAILABLE,
          "there is no such object: a key has 1 to " + MAX_KEY_BYTES + " bytes");
    }
    try {
      return bucket.open(key);
    } catch (NoSuchFileException e) {
      throw new ApiException(ProblemType.SOURCE_UNAVAILABLE, "there is no such object");
    } catch (AccessDeniedException e) {
      throw new ApiException(
          ProblemType.SOURCE_UNAVAILABLE,
          "the bucket does not give it out: it is not there, is archived, or this service has no"
              + " right to read it");
    }
  }

  @Override
  public void close() {
    bucket.close();
  }
}
