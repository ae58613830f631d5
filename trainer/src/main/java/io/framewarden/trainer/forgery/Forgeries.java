package io.framewarden.trainer.forgery;

import java.util.List;
import java.util.stream.Collectors;

/** The kinds of pseudo-fakes. */
public final class Forgeries {
  private static final List<Forgery> ALL =
      List.of(
          new SelfBlend(),
          new FaceSwap(),
          new Decoder(),
          new Mouth(),
          new Resynthesis(),
          new Splice());

  private Forgeries() {}

  /** Every kind, in the order of the domain numbers of a default run. */
  public static List<Forgery> all() {
    return ALL;
  }

  /** The names of {@link #all()}. */
  public static List<String> names() {
    return ALL.stream().map(Forgery::name).toList();
  }

  /**
   * The kind of a name.
   *
   * @throws IllegalArgumentException naming the kinds there are, when this is none of them
   */
  public static Forgery named(String name) {
    return ALL.stream()
        .filter(forgery -> forgery.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    name
                        + " is not a kind of forgery; there are "
                        + names().stream().collect(Collectors.joining(", "))));
  }
}
