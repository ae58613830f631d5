package io.framewarden.runtime.http;

import java.util.Set;

/**
 * What browsers may call a server by, and for which pages, beside what is always allowed: the
 * server's own address, and pages that it serves itself.
 *
 * @param hosts names in small letters, without ports, that the server goes by, behind a proxy for
 *     example
 * @param origins of other web pages that may call it, as browsers write them: {@code
 *     https://www.example.com}
 */
public record BrowserAccess(Set<String> hosts, Set<String> origins) {
  /** No other name and no other page. */
  public static final BrowserAccess OWN = new BrowserAccess(Set.of(), Set.of());

  public BrowserAccess {
    hosts = Set.copyOf(hosts);
    origins = Set.copyOf(origins);
  }
}
