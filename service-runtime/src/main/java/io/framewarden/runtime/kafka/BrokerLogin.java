package io.framewarden.runtime.kafka;

import io.framewarden.runtime.store.PrivateFile;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * How clients log in to the broker that {@code framewarden serve} runs: a name and a password,
 * which are made once for a folder of data and kept in it, in a file that its owner alone may read.
 * Both sides prove that they know the password (SCRAM), so that another user of the machine can
 * neither be a client nor stand in for the broker.
 *
 * @param user the name
 * @param password 32 random bytes in base64
 */
public record BrokerLogin(String user, String password) {
  /** The mechanism of both sides. */
  public static final String MECHANISM = "SCRAM-SHA-512";

  /** The file in the broker's folder, which Kafka's own tools read too. */
  public static final String FILE = "client.properties";

  private static final String USER = "framewarden";
  private static final String JAAS = "sasl.jaas.config";
  private static final int PASSWORD_BYTES = 32;

  /**
   * The login of a broker's folder: the one that is kept there, else a new one.
   *
   * @throws UncheckedIOException when the file cannot be read, or others may read it too
   */
  public static BrokerLogin of(Path broker) {
    Path file = broker.resolve(FILE);
    try {
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        return new BrokerLogin(USER, Base64.getEncoder().encodeToString(random));
      }
      PrivateFile.require(file);
      String jaas = clientProperties(file).getOrDefault(JAAS, "");
      return new BrokerLogin(USER, jaas.replaceAll(".*password=\"([^\"]+)\".*", "$1"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use the broker's login: " + e.getMessage(), e);
    }
  }

  /** Keeps it in the broker's folder, which exists; does nothing where one is kept. */
  public void keep(Path broker) throws IOException {
    Path file = broker.resolve(FILE);
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    StringBuilder text =
        new StringBuilder("# The login of this folder's broker, for any Kafka client.\n");
    clientProperties()
        .forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    PrivateFile.write(file, text.toString());
  }

  /** What a client sets to log in. */
  public Map<String, String> clientProperties() {
    return Map.of("security.protocol", "SASL_PLAINTEXT", "sasl.mechanism", MECHANISM, JAAS, jaas());
  }

  /** The entry of JAAS, for clients and for the broker. */
  public String jaas() {
    return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\""
            .formatted(user)
        + " password=\"%s\";".formatted(password);
  }

  /**
   * The properties in a file for Kafka clients.
   *
   * @throws IOException if it cannot be read
   */
  public static Map<String, String> clientProperties(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      properties.load(in);
    }
    Map<String, String> map = new HashMap<>();
    properties.stringPropertyNames().forEach(name -> map.put(name, properties.getProperty(name)));
    return map;
  }

  /**
   * What a client sets to log in to the broker that a folder of data is served with, where that is
   * one of the brokers named.
   *
   * @param data as {@link BrokerMarker#DATA_FOLDER}
   * @param servers host:port, comma separated
   * @return empty where another broker is meant, or the file may not be read
   */
  public static Optional<Map<String, String>> ofServed(Path data, String servers) {
    try {
      Optional<String> address = BrokerMarker.addressIn(data);
      Path file = data.resolve("broker").resolve(FILE);
      return address.isPresent()
              && BrokerMarker.isOneOf(address.get(), servers)
              && Files.isReadable(file)
          ? Optional.of(clientProperties(file))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Without the password. */
  @Override
  public String toString() {
    return user;
  }
}
