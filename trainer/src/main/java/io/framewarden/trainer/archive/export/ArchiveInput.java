package io.framewarden.trainer.archive.export;

/**
 * One file that goes into an archive.
 *
 * @param source where it is
 * @param name relative to the data set, with '/' between folders; the video id of its faces
 * @param photograph a still image rather than a video
 */
public record ArchiveInput(
    ArchiveSource source, String name, boolean photograph, InputLabels labels) {}
