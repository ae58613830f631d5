package io.framewarden.detector.engine;

/**
 * The engine that was selected, for the whole process: every model that is loaded later is opened
 * by the same factory.
 *
 * @param factory opens models with it
 * @param kind which it is, never {@link EngineKind#AUTO}
 * @param reason for people, one line: why this one and not another
 */
public record EngineSelection(EngineFactory factory, EngineKind kind, String reason) {

  public EngineSelection {
    if (kind == EngineKind.AUTO || reason.isBlank() || reason.lines().count() != 1) {
      throw new IllegalArgumentException(
          kind + " is no engine, or the reason not one line: " + reason);
    }
  }

  /** Engine and reason, for health and logs. */
  public String describe() {
    return "engine " + kind.label() + " (" + reason + ")";
  }
}
