package io.framewarden.trainer.did;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Locale;

/**
 * What of the domain branch a network is trained with. The paper's ablation "without A_dom" does
 * not say whether the domain classifier C_bar goes too: both readings are here.
 */
public enum DomainBranch {
  /** The whole branch: C_bar sees I_dom, what the attention A_dom lets through of I_os. */
  ATTENTION,
  /** No A_dom: C_bar sees I_os itself, which so is still to tell the forgery methods apart. */
  CLASSIFIER,
  /** Neither A_dom nor C_bar, hence no domain loss. */
  NONE;

  /**
   * The branch of that name; {@code true} and {@code false} are what was stored when there was the
   * whole branch or none.
   *
   * @throws IllegalArgumentException for any other name
   */
  @JsonCreator
  static DomainBranch of(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "attention", "true" -> ATTENTION;
      case "classifier" -> CLASSIFIER;
      case "none", "false" -> NONE;
      default ->
          throw new IllegalArgumentException(
              "domainBranch must be attention, classifier or none, not " + name);
    };
  }
}
