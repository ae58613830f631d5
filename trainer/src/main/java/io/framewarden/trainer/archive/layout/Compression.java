package io.framewarden.trainer.archive.layout;

import java.util.List;

/** The copies of each FaceForensics++ video, by H.264 quantiser. */
public enum Compression {
  /** Lossless; newer downloads name it raw. */
  C0("c0", "raw"),
  /** High quality. */
  C23("c23"),
  /** Low quality. */
  C40("c40");

  private final List<String> folders;

  Compression(String... folders) {
    this.folders = List.of(folders);
  }

  /** As it is named on a command line. */
  @Override
  public String toString() {
    return folders.get(0);
  }

  /** What the folder may be named. */
  List<String> folders() {
    return folders;
  }
}
