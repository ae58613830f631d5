package io.framewarden.runtime.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Why no broker answers, and what to do about it, in words. One use, one thread. */
final class BrokerDiagnosis {
  private static final int MAX_PORT = 65_535;
  private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
  private static final String NAME_OTHERS =
      "name other brokers with --bootstrap-servers or " + KafkaConnection.BOOTSTRAP_SERVERS;

  private final String servers;
  private final String defaultServers;
  private final Path data;

  /**
   * @param servers host:port, comma separated
   * @param defaultServers those of commands that are told of no others
   * @param data where a {@code framewarden serve} of this place would keep its data
   */
  BrokerDiagnosis(String servers, String defaultServers, Path data) {
    this.servers = servers;
    this.defaultServers = defaultServers;
    this.data = data;
  }

  /** What is wrong if nobody listens at any of the addresses; empty where somebody does. */
  Optional<String> unreachable() {
    List<String> reasons = new ArrayList<>();
    for (String server : servers.split("\\s*,\\s*")) {
      Optional<String> reason = whyNotConnected(server);
      if (reason.isEmpty()) {
        return Optional.empty();
      }
      reasons.add(server + " (" + reason.get() + ")");
    }
    return Optional.of("no broker is at " + String.join(", ", reasons) + "; " + remedy());
  }

  /** What is wrong where somebody listens, but gives no answer as a broker does. */
  String silent() {
    Optional<String> served = served();
    if (served.isPresent() && isAsked(served.get())) {
      return starting();
    }
    return "what listens at "
        + servers
        + " does not answer as a Kafka broker: it is another program, or overloaded, or a broker"
        + " that wants TLS or a login (--command-config, or "
        + KafkaConnection.CLIENT_PREFIX
        + "...); "
        + served.filter(BrokerDiagnosis::isUp).map(this::elsewhere).orElse(NAME_OTHERS);
  }

  /** What is wrong where brokers answer that they have no such topic. */
  String missing(String topic) {
    String remedy =
        served()
            .filter(this::isAsked)
            .map(address -> starting())
            .orElse("a running framewarden makes it");
    return "the brokers at %s have no topic %s; %s".formatted(servers, topic, remedy);
  }

  private String remedy() {
    Optional<String> served = served();
    if (served.isPresent() && isAsked(served.get())) {
      return starting();
    }
    if (!servers.equals(defaultServers)) {
      return "start it, or "
          + NAME_OTHERS
          + " (`framewarden serve` runs one at "
          + defaultServers
          + ")";
    }
    if (served.isPresent()) {
      return isUp(served.get()) ? elsewhere(served.get()) : starting();
    }
    return Files.isDirectory(data)
        ? data + " is not served now: start `framewarden serve`, or " + NAME_OTHERS
        : "that is where `framewarden serve` runs its own: start it, or " + NAME_OTHERS;
  }

  private String elsewhere(String address) {
    return data
        + " is served with its broker at "
        + address
        + ": add --bootstrap-servers "
        + address;
  }

  private String starting() {
    return "`framewarden serve` is starting in " + data + ": try again in some seconds";
  }

  /** Where this place's own broker runs or starts; an empty text before it has said so. */
  private Optional<String> served() {
    try {
      return BrokerMarker.addressIn(data);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look for a broker in " + data, e);
    }
  }

  private boolean isAsked(String address) {
    return BrokerMarker.isOneOf(address, servers);
  }

  private static boolean isUp(String address) {
    return !address.isEmpty() && whyNotConnected(address).isEmpty();
  }

  private static Optional<String> whyNotConnected(String server) {
    int colon = server.lastIndexOf(':');
    int port = Integer.parseInt(server.substring(colon + 1));
    if (port > MAX_PORT) {
      return Optional.of("no such port");
    }
    InetSocketAddress address = new InetSocketAddress(server.substring(0, colon), port);
    if (address.isUnresolved()) {
      return Optional.of("no such host");
    }
    try (Socket socket = new Socket()) {
      socket.connect(address, CONNECT_TIMEOUT_MILLIS);
      return Optional.empty();
    } catch (SocketTimeoutException e) {
      return Optional.of("does not answer");
    } catch (IOException e) {
      return Optional.of("nobody listens");
    }
  }
}
