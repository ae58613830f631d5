package io.framewarden.ingest.fetch;

import io.framewarden.ingest.submission.Refusal;
import io.framewarden.ingest.submission.RefusalKind;
import io.framewarden.runtime.store.StoreConfig;
import io.framewarden.runtime.store.s3.SourceBucket;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;

/** Objects of somebody's bucket below a prefix; they are only read. */
final class BucketSource implements VideoSource {
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
  public InputStream open(URI uri) throws Refusal, IOException {
    try {
      return bucket.open(uri.getPath().substring(1));
    } catch (NoSuchFileException e) {
      throw new Refusal(RefusalKind.SOURCE_UNAVAILABLE, "there is no such object");
    }
  }

  @Override
  public void close() {
    bucket.close();
  }
}
