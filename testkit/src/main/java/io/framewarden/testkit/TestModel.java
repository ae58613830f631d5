package io.framewarden.testkit;

import java.nio.file.Path;

/** The model that comes with the project, as the system tests score with it. */
public final class TestModel {
  private TestModel() {}

  public static Path folder() {
    return Path.of(System.getProperty("framewarden.home"), "models", "default");
  }
}
