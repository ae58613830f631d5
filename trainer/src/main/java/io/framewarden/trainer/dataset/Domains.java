package io.framewarden.trainer.dataset;

import java.util.ArrayList;
import java.util.List;

/**
 * The numbering of domains: 0 is real, 1..k the forgery methods in order.
 *
 * @param forgeries names of domains 1..k, each once
 */
public record Domains(List<String> forgeries) {
  public Domains {
    forgeries = List.copyOf(forgeries);
  }

  /** The pseudo-fake kinds first, then the methods that only the labelled fakes have. */
  public static Domains of(ForgeryMix mix, FaceSet labelled) {
    List<String> names = new ArrayList<>(mix.kinds());
    labelled.fakeDomains().stream().filter(name -> !names.contains(name)).forEach(names::add);
    return new Domains(names);
  }

  /** How many forgery methods, k. */
  public int count() {
    return forgeries.size();
  }

  /**
   * @throws IllegalArgumentException for a domain that is not among them
   */
  public int number(String domain) {
    int at = forgeries.indexOf(domain);
    if (at < 0) {
      throw new IllegalArgumentException(domain + " is none of the domains " + forgeries);
    }
    return at + 1;
  }
}
