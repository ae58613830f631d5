package io.framewarden.standalone.pipeline;

import java.nio.file.Path;

/**
 * Where a standalone pipeline keeps its data.
 *
 * @param root the folder; everything below it belongs to the pipeline
 */
public record DataFolder(Path root) {

  Path broker() {
    return root.resolve("broker");
  }

  Path objects() {
    return root.resolve("objects");
  }

  /** Uploads that are unfinished. */
  Path staging() {
    return root.resolve("staging");
  }

  /** Released models that were fetched. */
  Path models() {
    return root.resolve("models");
  }

  Path state() {
    return root.resolve("state");
  }
}
