package io.framewarden.runtime.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A service with secrets that starts a confined program, kills it, and looks at what is left. */
public final class AttackedService {
  /** Seconds that only the attacker's processes sleep. */
  private static final String SLEEP = "86311";

  private AttackedService() {}

  /**
   * Reports on standard output.
   *
   * @param arguments an empty folder, and the program's scratch folder
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    for (String name : List.of("verdicts", "spare", "tokens")) {
      Files.writeString(folder.resolve(name), "secret");
    }
    Path scratch = Files.createDirectories(Path.of(arguments[1]));
    Confinement confinement =
        Confinement.probe(new ProcessLimits(8L << 30, Duration.ofMinutes(2), 512));
    confinement.missing().forEach(what -> System.out.println("missing " + what));
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        ServerSocket tcp = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      socket.bind(UnixDomainSocketAddress.of(folder.resolve("socket")));
      List<String> command =
          JavaCommand.of(
              ConfinedAttacker.class,
              List.of("-Xmx64m", "-Djna.tmpdir=" + scratch, "-Djava.io.tmpdir=" + scratch),
              List.of(
                  folder.toString(),
                  Long.toString(ProcessHandle.current().pid()),
                  Integer.toString(tcp.getLocalPort()),
                  SLEEP));
      FileView view = new FileView(JavaCommand.files(), Set.of(), Set.of(scratch));
      try (SupervisedProcess attacker =
          confinement.start(command, view, Map.of("PATH", "/usr/bin:/bin"))) {
        BufferedReader lines = new BufferedReader(new InputStreamReader(attacker.output()));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          System.out.println(line);
          if (line.equals("done")) {
            attacker.kill();
          }
        }
        System.out.println("end " + attacker.end());
      }
    }
    System.out.println("children: outlive it " + (outlived() ? "SUCCEEDED" : "refused"));
    boolean intact = Files.readString(folder.resolve("verdicts")).equals("secret");
    System.out.println("files: are intact " + (intact ? "refused" : "SUCCEEDED"));
  }

  /** Whether a process of the attacker's still lives; ends it. */
  private static boolean outlived() throws IOException {
    List<ProcessHandle> left =
        ProcessHandle.allProcesses()
            .filter(
                process ->
                    process
                        .info()
                        .arguments()
                        .filter(all -> List.of(all).contains(SLEEP))
                        .isPresent())
            .filter(process -> process.info().command().orElse("").endsWith("sleep"))
            .toList();
    left.forEach(ProcessHandle::destroyForcibly);
    return !left.isEmpty();
  }
}
