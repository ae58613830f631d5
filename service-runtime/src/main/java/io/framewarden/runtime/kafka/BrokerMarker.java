package io.framewarden.runtime.kafka;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The file by which a folder's broker is known to run, and where: whoever runs it holds a lock on
 * the file, which the system releases when the process ends, and has written the address into it.
 */
public final class BrokerMarker implements AutoCloseable {
  /** Where {@code framewarden serve} keeps its data unless it is told otherwise. */
  public static final String DATA_FOLDER = "framewarden-data";

  private static final int MAX_ADDRESS_BYTES = 512;
  private final FileChannel file;

  private BrokerMarker(FileChannel file) {
    this.file = file;
  }

  /**
   * Marks the folder's broker as running.
   *
   * @param broker the broker's folder
   * @param address host:port for clients
   * @return the mark, which lasts until it is closed; empty where another process or thread has it
   */
  public static Optional<BrokerMarker> tryHold(Path broker, String address) throws IOException {
    FileChannel file =
        FileChannel.open(in(broker), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!tryLock(file, false)) {
      file.close();
      return Optional.empty();
    }
    file.truncate(0);
    file.write(ByteBuffer.wrap(address.getBytes(StandardCharsets.UTF_8)));
    return Optional.of(new BrokerMarker(file));
  }

  /**
   * The address of the broker that runs, or starts, in a folder of data; empty where none does.
   *
   * @param data as {@link #DATA_FOLDER}
   */
  public static Optional<String> addressIn(Path data) throws IOException {
    Path marker = in(data.resolve("broker"));
    if (!Files.isRegularFile(marker)) {
      return Optional.empty();
    }
    try (FileChannel file = FileChannel.open(marker, StandardOpenOption.READ)) {
      // Shared, and for this moment only: those who ask do not disturb each other.
      if (tryLock(file, true)) {
        return Optional.empty();
      }
      ByteBuffer address = ByteBuffer.allocate(MAX_ADDRESS_BYTES);
      file.read(address, 0);
      return Optional.of(
          new String(address.array(), 0, address.position(), StandardCharsets.UTF_8));
    }
  }

  /** Whether a loopback address is one of these servers, by whatever name of this machine. */
  static boolean isOneOf(String address, String servers) {
    String port = address.substring(Math.max(0, address.lastIndexOf(':')));
    return Stream.of(servers.split("\\s*,\\s*"))
        .filter(server -> server.endsWith(port))
        .map(server -> server.substring(0, server.lastIndexOf(':')))
        .anyMatch(BrokerMarker::isLoopback);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static Path in(Path broker) {
    return broker.resolve("in-use.lock");
  }

  private static boolean tryLock(FileChannel file, boolean shared) throws IOException {
    try {
      FileLock lock = file.tryLock(0, Long.MAX_VALUE, shared);
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // held by this very process: the same answer as when another holds it
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
