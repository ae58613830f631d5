package io.framewarden.trainer.recipe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A recipe that cannot be used; the message lists every mistake with its line. */
public final class RecipeException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  RecipeException(Path file, List<String> problems) {
    super(
        "%s: %d mistake(s)%n  %s"
            .formatted(
                file, problems.size(), String.join(System.lineSeparator() + "  ", problems)));
    this.problems = List.copyOf(problems);
  }

  /** The mistakes, in the file's order. */
  public List<String> problems() {
    return problems;
  }
}
