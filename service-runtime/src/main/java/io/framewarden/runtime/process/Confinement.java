package io.framewarden.runtime.process;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs commands under limits of the kernel and, where the system allows it, without a network. What
 * this machine allows is tried once; what it does not is told by {@link #missing()}, and the rest
 * holds all the same. Safe for several threads.
 *
 * <p>A confined process ignores the signals of a terminal or a service manager, since its parent
 * decides when it ends; the kernel kills it when its parent dies, even while it is stopped; it is
 * the first to go when the machine runs out of memory; and it keeps its process id through the
 * wrapping, so that killing it kills it. {@link SupervisedProcess} starts it so that the whole of
 * this process counts as the parent, and not one of its threads.
 */
public final class Confinement {
  private static final String SHELL = "/bin/sh";
  private static final List<String> FOLDERS = List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin");
  private static final long TIMEOUT_SECONDS = 10;
  private static final int CPU_GRACE_SECONDS = 5;
  private static final String USER_NAMESPACE = "--user";

  /** Ways to lose the network: as anybody in a user namespace, else as root. */
  private static final List<List<String>> WITHOUT_NETWORK =
      List.of(List.of(USER_NAMESPACE, "--map-root-user", "--net"), List.of("--net"));

  private final List<String> limits;
  private final List<String> unshare;
  private final List<String> mortal;
  private final List<String> missing;

  /** The tool; null where the machine has none. */
  private final Path prlimit;

  private Confinement(
      List<String> limits,
      List<String> unshare,
      List<String> mortal,
      Path prlimit,
      List<String> missing) {
    this.limits = limits;
    this.unshare = unshare;
    this.mortal = mortal;
    this.prlimit = prlimit;
    this.missing = List.copyOf(missing);
  }

  /** Tries what this machine allows; takes some tens of milliseconds. */
  public static Confinement probe(ProcessLimits wanted) {
    List<String> missing = new ArrayList<>();
    List<String> limits = new ArrayList<>();
    limit(limits, missing, "-v " + wanted.addressSpaceBytes() / 1024, "address space");
    // First a signal of its own: the one at the hard limit is that of an operator who kills it.
    long cpu = wanted.cpu().toSeconds();
    String both = "-t %d && ulimit -S -t %d".formatted(cpu + CPU_GRACE_SECONDS, cpu);
    limit(limits, missing, both, "processor time");
    limit(limits, missing, "-n " + wanted.descriptors(), "descriptors");
    limit(limits, missing, "-c 0", "core files");
    List<String> unshare = unshare();
    if (unshare.isEmpty()) {
      missing.add("network (no unshare, or namespaces are not permitted)");
    }
    if (!unshare.contains(USER_NAMESPACE)) {
      // Of one user and one namespace, processes may look into each other.
      missing.add("this process's environment (no user namespaces)");
    }
    List<String> mortal = mortal(unshare);
    if (mortal.isEmpty()) {
      missing.add("life after this process while stopped (no setpriv that knows --pdeathsig)");
    }
    Path prlimit = executable("prlimit").orElse(null);
    if (prlimit == null) {
      missing.add("file size (no prlimit)");
    }
    return new Confinement(limits, unshare, mortal, prlimit, missing);
  }

  /** The command, confined. Nothing is changed where the machine has no shell. */
  public List<String> around(List<String> command) {
    List<String> wrapped = new ArrayList<>(unshare);
    wrapped.addAll(mortal);
    wrapped.addAll(command);
    if (limits.isEmpty()) {
      return wrapped;
    }
    String script =
        "trap '' INT TERM HUP; { echo 500 > /proc/self/oom_score_adj; } 2>/dev/null; "
            + String.join("; ", limits)
            + "; exec \"$@\"";
    List<String> confined = new ArrayList<>(List.of(SHELL, "-c", script, SHELL));
    confined.addAll(wrapped);
    return confined;
  }

  /**
   * From now on a running process can write no regular file beyond its present size.
   *
   * @return whether that holds
   */
  public boolean forbidWriting(long pid) {
    return prlimit != null
        && works(List.of(prlimit.toString(), "--pid", Long.toString(pid), "--fsize=0:0"));
  }

  /** What the machine does not allow to be limited, for people; empty when all is well. */
  public List<String> missing() {
    return missing;
  }

  /** Whether confined processes have no network. */
  public boolean isOffline() {
    return !unshare.isEmpty();
  }

  private static void limit(List<String> limits, List<String> missing, String option, String what) {
    String setting = "ulimit " + option;
    if (works(List.of(SHELL, "-c", setting))) {
      limits.add(setting);
    } else {
      missing.add(what);
    }
  }

  private static List<String> unshare() {
    Optional<Path> tool = executable("unshare");
    Optional<Path> nothing = executable("true");
    if (tool.isEmpty() || nothing.isEmpty()) {
      return List.of();
    }
    for (List<String> options : WITHOUT_NETWORK) {
      List<String> prefix = new ArrayList<>(List.of(tool.get().toString()));
      prefix.addAll(options);
      prefix.add("--");
      List<String> trial = new ArrayList<>(prefix);
      trial.add(nothing.get().toString());
      if (works(trial)) {
        return prefix;
      }
    }
    return List.of();
  }

  /** Last of the wrapping: the kernel forgets the wish when a process changes its credentials. */
  private static List<String> mortal(List<String> unshare) {
    Optional<Path> tool = executable("setpriv");
    Optional<Path> nothing = executable("true");
    if (tool.isEmpty() || nothing.isEmpty()) {
      return List.of();
    }
    List<String> prefix = List.of(tool.get().toString(), "--pdeathsig", "KILL", "--");
    List<String> trial = new ArrayList<>(unshare);
    trial.addAll(prefix);
    trial.add(nothing.get().toString());
    return works(trial) ? prefix : List.of();
  }

  private static Optional<Path> executable(String name) {
    return FOLDERS.stream()
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static boolean works(List<String> command) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectInput(Redirect.from(new File("/dev/null")))
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD);
      builder.environment().clear();
      Process process = builder.start();
      boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      process.destroyForcibly();
      return ended && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
