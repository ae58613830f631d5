package io.framewarden.ingest.fetch;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** HTTPS servers whose certificates are of an authority that was made for this test. */
final class TlsServers implements AutoCloseable {
  static final String PASSWORD = "of-no-secret";

  /** Of {@code /clip.mp4}. */
  static final int BYTES = 5000;

  /** Requests that got as far as HTTP. */
  final AtomicInteger requests = new AtomicInteger();

  private final Path folder;
  private final List<HttpsServer> servers = new ArrayList<>();

  TlsServers(Path folder) throws Exception {
    this.folder = folder;
    key("authority", "-ext", "bc:c");
    key("site");
    keytool("-exportcert", "-alias", "authority", "-rfc", "-file", file("authority.pem"));
    keytool("-certreq", "-alias", "site", "-file", file("site.csr"));
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("authority", certificate("authority.pem"));
    try (OutputStream out = Files.newOutputStream(trustStore())) {
      trusted.store(out, PASSWORD.toCharArray());
    }
  }

  /** Trusts the authority. */
  Path trustStore() {
    return folder.resolve("trusted.p12");
  }

  /**
   * Starts a server.
   *
   * @param certificate options of {@code keytool -gencert}
   * @return its port
   */
  int start(String... certificate) throws Exception {
    String pem = "site-" + servers.size() + ".pem";
    List<String> options = new ArrayList<>(List.of("-gencert", "-alias", "authority", "-rfc"));
    options.addAll(List.of("-infile", file("site.csr"), "-outfile", file(pem)));
    options.addAll(Arrays.asList(certificate));
    keytool(options.toArray(String[]::new));
    HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context(certificate(pem))));
    server.createContext(
        "/clip.mp4",
        exchange -> {
          requests.incrementAndGet();
          exchange.sendResponseHeaders(200, BYTES);
          exchange.getResponseBody().write(new byte[BYTES]);
          exchange.close();
        });
    server.start();
    servers.add(server);
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    servers.forEach(server -> server.stop(0));
  }

  private SSLContext context(Certificate certificate) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
      keys.load(in, PASSWORD.toCharArray());
    }
    Key key = keys.getKey("site", PASSWORD.toCharArray());
    KeyStore shown = KeyStore.getInstance("PKCS12");
    shown.load(null, null);
    shown.setKeyEntry("site", key, PASSWORD.toCharArray(), new Certificate[] {certificate});
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(shown, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private void key(String alias, String... more) throws Exception {
    List<String> options = new ArrayList<>(List.of("-genkeypair", "-alias", alias));
    options.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=" + alias));
    options.addAll(Arrays.asList(more));
    keytool(options.toArray(String[]::new));
  }

  private Certificate certificate(String pem) throws Exception {
    byte[] bytes = Files.readAllBytes(folder.resolve(pem));
    // keytool writes the chain; the site's own is the first.
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(bytes))
        .iterator()
        .next();
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private void keytool(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(Arrays.asList(options));
    command.addAll(List.of("-keystore", file("keys.p12"), "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", PASSWORD));
    Path log = folder.resolve("keytool.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (process.waitFor() != 0) {
      throw new IOException(command + ": " + Files.readString(log));
    }
  }
}
