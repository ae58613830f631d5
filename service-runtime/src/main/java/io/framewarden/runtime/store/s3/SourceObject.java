package io.framewarden.runtime.store.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * An object of somebody else's that is being read; closed by who opened it.
 *
 * @param content from its beginning
 * @param metadata what its owner noted on it, by names in small letters, without {@code
 *     x-amz-meta-}
 */
public record SourceObject(InputStream content, Map<String, String> metadata)
    implements AutoCloseable {
  @Override
  public void close() throws IOException {
    content.close();
  }
}
