package io.framewarden.ingest.fetch;

import io.framewarden.ingest.submission.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/** One place that videos may be fetched from. Safe for several threads. */
interface VideoSource extends AutoCloseable {
  /** Whether this place holds what the URI names. The URI is absolute and has no dot segments. */
  boolean holds(URI uri);

  /**
   * Opens it; the caller closes the stream.
   *
   * @throws Refusal when it cannot be had from there
   */
  InputStream open(URI uri) throws Refusal, IOException;

  @Override
  void close();
}
