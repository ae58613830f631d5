package io.framewarden.ingest.fetch;

import io.framewarden.ingest.submission.ApiException;
import java.io.IOException;
import java.net.URI;

/** One place that videos may be fetched from. Safe for several threads. */
interface VideoSource extends AutoCloseable {
  /** Whether this place holds what the URI names. The URI is absolute and has no dot segments. */
  boolean holds(URI uri);

  /**
   * Opens it; the caller closes the content.
   *
   * @throws ApiException when it cannot be had from there
   */
  FetchedVideo open(URI uri) throws ApiException, IOException;

  @Override
  void close();
}
