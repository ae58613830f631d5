package io.framewarden.ingest.access;

import io.framewarden.runtime.config.InvalidConfigurationException;
import java.util.List;

/**
 * What is done about tokens that come over plain HTTP from other machines: whoever is on the way
 * reads them, and has them from then on.
 */
public enum PlainTokens {
  /** The process does not start. */
  REFUSE,
  /** It says so in its log and in its readiness. */
  WARN,
  /** Nothing: a proxy in front of it speaks TLS. */
  ALLOW;

  private static final String WARNING =
      "tokens come over plain HTTP from other machines, and can be read on the way: listen on"
          + " loopback behind a proxy that speaks TLS, or set "
          + AccessConfig.PLAIN_TOKENS
          + "=allow where one is in front already";

  /**
   * What an operator shall hear about a server that other machines reach and that takes tokens.
   *
   * @return empty for nothing
   * @throws InvalidConfigurationException when such a server is refused
   */
  public String warning() {
    return switch (this) {
      case REFUSE -> throw new InvalidConfigurationException(List.of(WARNING));
      case WARN -> WARNING;
      case ALLOW -> "";
    };
  }
}
