package io.framewarden.runtime.config;

import java.util.List;

/** Configuration that cannot be used; the message lists every problem, one a line. */
public final class InvalidConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String problems;

  public InvalidConfigurationException(List<String> problems) {
    super(
        "the configuration has "
            + problems.size()
            + " problem(s):\n  "
            + String.join("\n  ", problems));
    this.problems = String.join("\n  ", problems);
  }

  /** The problems alone, one a line: what another process of ours makes its own message of. */
  public String problems() {
    return problems;
  }
}
