package io.framewarden.runtime.process;

import com.sun.jna.Memory;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * A program that tries what a taken-over decoder might, and says of each attempt whether it was
 * refused. At last it gives up what decoders give up, tries that too, and waits to be killed.
 */
public final class ConfinedAttacker {
  private static final long NEW_USER_NAMESPACE = 0x10000000;
  private static final int NOT_PERMITTED = 1;
  private static final int NO_SUCH_CALL = 38;

  private ConfinedAttacker() {}

  /** An attempt. */
  interface Attempt {
    void run() throws Exception;
  }

  /**
   * Runs all attempts.
   *
   * @param arguments a folder of the service's, the service's process id and its port
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Path service = Path.of("/proc", arguments[1]);
    Path victim = folder.resolve("verdicts");
    attempt("files: overwrite by mapping", () -> overwrite(victim));
    attempt("files: truncate", () -> Files.newOutputStream(victim).close());
    attempt("files: rename", () -> Files.move(victim, folder.resolve("moved")));
    attempt("files: link", () -> Files.createLink(folder.resolve("link"), victim));
    attempt("files: delete", () -> Files.delete(folder.resolve("spare")));
    attempt("files: make", () -> Files.createFile(folder.resolve("made")));
    attempt("files: read a token", () -> Files.readString(folder.resolve("tokens")));
    attempt("files: list", () -> Files.list(folder).close());
    attempt("files: read accounts", () -> Files.readString(Path.of("/etc/passwd")));
    attempt(
        "files: change a setting of the kernel",
        () -> new RandomAccessFile("/proc/sys/kernel/domainname", "rw").close());
    attempt("environment: read", () -> Files.readString(service.resolve("environ")));
    attempt("environment: its files", () -> Files.list(service.resolve("root/tmp")).close());
    attempt("network: a socket's path", () -> connect(folder.resolve("socket")));
    attempt(
        "network: TCP",
        () -> new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[2])).close());
    attempt("signals: to the service", () -> call("kill", Long.parseLong(arguments[1]), 0L));
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.matches("(Cap\\w+|NoNewPrivs|Seccomp):.*")) {
        System.out.println(line);
      }
    }
    attempt("namespaces: a user's", () -> run("unshare", "--user", "true"));
    attempt("namespaces: another's", () -> call("setns", 0L, 0L));
    attempt("namespaces: mount", ConfinedAttacker::mount);
    attempt("calls: ptrace", () -> call("ptrace", 0L, 0L, 0L, 0L));
    attempt("calls: keyctl", () -> call("keyctl", 0L, -3L, 0L));
    attempt("calls: process_vm_readv", () -> call("process_vm_readv", 1L, 0L, 0L, 0L, 0L, 0L));
    try (Memory zeros = new Memory(256)) {
      zeros.clear();
      attempt("calls: io_uring", () -> call("io_uring_setup", 1L, zeros));
      attempt("calls: bpf", () -> call("bpf", 0L, zeros, zeros.size()));
      attempt("calls: perf", () -> call("perf_event_open", zeros, 0L, -1L, -1L, 0L));
    }
    attempt("children: start", () -> new ProcessBuilder("sleep", arguments[3]).start());
    System.out.println("filtered");
    SystemCallFilter.ofWarmJvm(false).confineProcess();
    Files.readAllBytes(Path.of("/proc/self/maps")); // opening files to read stays
    attempt("filtered: start", () -> new ProcessBuilder("true").start());
    attempt("filtered: write", () -> new RandomAccessFile("/dev/null", "rw").close());
    attempt("filtered: signal", () -> call("kill", 1L, 0L));
    attempt("filtered: exit's signal", () -> call("kill", -1L, 0L));
    attempt("filtered: namespaces", () -> call("unshare", NEW_USER_NAMESPACE));
    attempt("filtered: descriptors", () -> call("clone3", 0L, 0L));
    Thread thread = new Thread(() -> System.out.println("works"));
    thread.start();
    thread.join();
    System.out.println("done");
    new CountDownLatch(1).await();
  }

  private static void attempt(String what, Attempt attempt) {
    String end = "SUCCEEDED";
    try {
      attempt.run();
    } catch (Exception | LinkageError e) {
      end = "refused: " + e;
    }
    System.out.println(what + " " + end.replace('\n', ' '));
  }

  private static void overwrite(Path victim) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(victim.toFile(), "rw")) {
      file.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, 4).put(0, (byte) 'X');
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    int status = new ProcessBuilder(command).start().waitFor();
    if (status != 0) {
      throw new IOException("status " + status);
    }
  }

  private static void connect(Path socket) throws IOException {
    SocketChannel.open(UnixDomainSocketAddress.of(socket)).close();
  }

  private static void mount() throws IOException {
    try (Memory type = new Memory(16)) {
      type.setString(0, "tmpfs");
      type.setString(8, "/");
      call("mount", type, type.share(8), type, 0L, 0L);
    }
  }

  /** Makes a call; that the kernel dislikes what it was given is no refusal. */
  private static void call(String name, Object... arguments) throws IOException {
    try {
      LinuxCalls.call(name, SystemCallTable.here().number(name), arguments);
    } catch (IOException e) {
      if (e.getMessage().contains("(error " + NOT_PERMITTED + ")")
          || e.getMessage().contains("(error " + NO_SUCH_CALL + ")")
          || (name.equals("kill") && e.getMessage().contains("(error 3)"))) {
        throw e;
      }
    }
  }
}
