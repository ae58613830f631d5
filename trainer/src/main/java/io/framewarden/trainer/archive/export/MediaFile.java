package io.framewarden.trainer.archive.export;

import java.nio.file.Path;

/**
 * One input.
 *
 * @param path where it is
 * @param name relative to the folder that was given, with '/' between folders; the file's name for
 *     a file that was given itself
 * @param labelled the name with the given folder's own name before it: what the folder layout says
 * @param photograph a still image rather than a video
 */
record MediaFile(Path path, String name, String labelled, boolean photograph) {

  /** The name of the file without folders and ending. */
  String stem() {
    String file = name.substring(name.lastIndexOf('/') + 1);
    int dot = file.lastIndexOf('.');
    return dot > 0 ? file.substring(0, dot) : file;
  }
}
