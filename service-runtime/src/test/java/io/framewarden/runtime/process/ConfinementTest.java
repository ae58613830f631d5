package io.framewarden.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Native;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

@Timeout(120)
@EnabledOnOs(OS.LINUX)
class ConfinementTest {
  private static final String NOBODY = "65534";

  /** What an attempt is about, and the word by which a machine that cannot prevent it names it. */
  private static final Map<String, String> NAMED =
      Map.of(
          "files", "files",
          "environment", "environment",
          "network", "network",
          "signals", "signals",
          "namespaces", "namespaces",
          "calls", "system calls",
          "children", "outlive",
          "filtered", "system calls");

  @TempDir Path folder;

  @Test
  void aTakenOverProgramHasNoAuthorityOrItIsNamed() throws Exception {
    assertPowerless(report(List.of(), System.getProperty("java.class.path")));
  }

  @Test
  void theSameHoldsForAnOrdinaryUser() throws Exception {
    assumeTrue(SystemFiles.isRoot(), "this is an ordinary user already");
    Optional<Path> setpriv = SystemFiles.program("setpriv");
    assumeTrue(setpriv.isPresent(), "this machine has no setpriv to become one");
    List<String> asNobody =
        List.of(
            setpriv.get().toString(), "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", "--");
    assertPowerless(report(asNobody, readableClassPath()));
  }

  /** As in a container that permits no namespaces: what is left is Landlock and the filters. */
  @Test
  void itHoldsWithoutNamespacesToo() throws Exception {
    Optional<Path> unshare = SystemFiles.program("unshare");
    Optional<Path> setpriv = SystemFiles.program("setpriv");
    assumeTrue(unshare.isPresent() && setpriv.isPresent(), "this machine has no util-linux");
    List<String> forbidding =
        List.of(
            unshare.get().toString(),
            "--user",
            "--map-root-user",
            "--",
            "/bin/sh",
            "-c",
            "echo 0 > /proc/sys/user/max_user_namespaces && exec \"$@\"",
            "sh");
    assumeTrue(
        new ProcessBuilder(forbidding).start().waitFor() == 0, "this machine has no namespaces");
    List<String> command = new ArrayList<>(forbidding);
    command.add(setpriv.get().toString());
    command.addAll(SandboxScript.NO_PRIVILEGES);
    command.add("--");
    List<String> report = report(command, System.getProperty("java.class.path"));
    assertPowerless(report);
    assertTrue(
        report.stream().anyMatch(line -> line.startsWith("missing ") && line.contains("outlive")),
        "namespaces were permitted: " + report);
  }

  private List<String> report(List<String> user, String classPath) throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    Path scratch = folder.resolve("scratch");
    List<String> command = new ArrayList<>(user);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-Djava.io.tmpdir=" + folder, "-cp", classPath));
    command.add(AttackedService.class.getName());
    command.addAll(List.of(data.toString(), scratch.toString()));
    if (user.contains(NOBODY)) {
      Files.setAttribute(folder, "unix:uid", Integer.valueOf(NOBODY));
      Files.setAttribute(data, "unix:uid", Integer.valueOf(NOBODY));
    }
    Process service =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<String> lines = service.inputReader().lines().toList();
    assertEquals(0, service.waitFor(), lines.toString());
    return lines;
  }

  private static void assertPowerless(List<String> report) {
    List<String> missing =
        report.stream()
            .filter(line -> line.startsWith("missing "))
            .map(line -> line.substring("missing ".length()))
            .toList();
    String all = String.join("\n", report);
    assertTrue(report.contains("works") && report.contains("done"), all);
    for (String line : report) {
      String named = NAMED.get(line.replaceAll(":.*", ""));
      boolean allowed =
          line.startsWith("children: start") || line.startsWith("filtered") && !line.contains(": ");
      if (named != null && !allowed && !line.contains("refused")) {
        assertTrue(missing.stream().anyMatch(what -> what.contains(named)), line + "\n" + all);
      }
    }
    if (missing.isEmpty()) {
      for (String status : List.of("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")) {
        assertTrue(report.contains(status + ":\t0000000000000000"), all);
      }
    }
    assertTrue(report.contains("NoNewPrivs:\t1"), all);
    assertTrue(report.contains("Seccomp:\t2") || !missing.isEmpty(), all);
  }

  /** The few classes that the service runs, where every user can read them. */
  private String readableClassPath() throws Exception {
    Path copy = Files.createDirectory(folder.resolve("classes"));
    Set<Path> entries = new LinkedHashSet<>();
    for (Class<?> each : List.of(Confinement.class, ConfinedAttacker.class)) {
      Path classes = Path.of(each.getProtectionDomain().getCodeSource().getLocation().toURI());
      for (String name : List.of("process", "lifecycle")) {
        Path room = Path.of("io", "framewarden", "runtime", name);
        Path to = Files.createDirectories(copy.resolve(room));
        if (Files.isDirectory(classes.resolve(room))) {
          try (Stream<Path> files = Files.list(classes.resolve(room))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
              Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
          }
        }
      }
    }
    entries.add(copy);
    for (Class<?> each : List.of(Native.class, Logger.class)) {
      Path jar = Path.of(each.getProtectionDomain().getCodeSource().getLocation().toURI());
      entries.add(Files.copy(jar, folder.resolve(jar.getFileName())));
    }
    return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  @Test
  void aStoppedProcessDiesWithItsParentAndNotWithTheThreadThatStartedIt() throws Exception {
    assumeTrue(
        DyingParent.confinement().missing().stream().noneMatch(what -> what.contains("stopped")),
        "this machine has no setpriv that knows --pdeathsig");
    Process parent =
        new ProcessBuilder(JavaCommand.of(DyingParent.class, List.of("-Xmx64m"), List.of()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    ProcessHandle child = null;
    try {
      String pid = parent.inputReader().readLine();
      assertNotNull(pid, "the parent ended");
      child = ProcessHandle.of(Long.parseLong(pid)).orElseThrow(); // its starter has ended
      awaitState(child, 'S');
      assertEquals(0, new ProcessBuilder("kill", "-STOP", pid).inheritIO().start().waitFor());
      awaitState(child, 'T');
      parent.destroyForcibly().waitFor();
      child.onExit().get(30, TimeUnit.SECONDS);
    } finally {
      parent.destroyForcibly();
      if (child != null) {
        child.destroyForcibly();
      }
    }
  }

  /** Waits until {@code sleep} itself, not what it is wrapped in, is in a state. */
  private static void awaitState(ProcessHandle child, char state) throws Exception {
    String wanted = "(" + DyingParent.CHILD.get(0) + ") " + state + " ";
    Path stat = Path.of("/proc", Long.toString(child.pid()), "stat");
    while (!Files.readString(stat).contains(wanted)) {
      Thread.onSpinWait();
    }
  }
}
