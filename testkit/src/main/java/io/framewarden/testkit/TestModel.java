package io.framewarden.testkit;

import java.nio.file.Path;

/** Locates the default model of the project, which the system tests score with. */
public final class TestModel {
  private TestModel() {}

  /** The folder of the model. */
  public static Path folder() {
    return Path.of(System.getProperty("framewarden.home"), "models", "default");
  }
}
