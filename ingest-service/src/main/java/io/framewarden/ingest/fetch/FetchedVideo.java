package io.framewarden.ingest.fetch;

import java.io.InputStream;

/**
 * A video that is being read from its source; whoever opened it closes the content.
 *
 * @param content from its beginning
 * @param length bytes, as the source says; negative for unknown
 */
public record FetchedVideo(InputStream content, long length) {}
