package io.framewarden.ingest.archive;

import java.nio.file.Path;

/**
 * One file that goes into an archive.
 *
 * @param path where it is
 * @param name relative to the data set, with '/' between folders; the video id of its faces
 * @param photograph a still image rather than a video
 */
public record ArchiveInput(Path path, String name, boolean photograph, InputLabels labels) {}
