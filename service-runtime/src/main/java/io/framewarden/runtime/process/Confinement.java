package io.framewarden.runtime.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs commands with as little authority as this machine lets be taken away: under limits of the
 * kernel; in namespaces without a network, other processes, and all files but the system's programs
 * and what a {@link FileView} names; without capabilities; and with a filter of system calls. Where
 * no namespaces are permitted, Landlock keeps files away. What this machine allows is tried once;
 * what it does not is told by {@link #missing()}, and the rest holds all the same. Safe for several
 * threads.
 *
 * <p>A confined process ignores the signals of a terminal or a service manager, since its parent
 * decides when it ends; the kernel kills it, and everything that it started, when its parent dies,
 * even while it is stopped; and it is the first to go when the machine runs out of memory. {@link
 * SupervisedProcess} knows its process id, and counts the whole of this process as the parent, not
 * one of its threads.
 */
public final class Confinement {
  private static final String SHELL = "/bin/sh";
  private static final int CPU_GRACE_SECONDS = 5;
  private static final ProcessStarterThread.Confine NOT = () -> {};

  private final List<String> limits;
  private final Namespaces namespaces;
  private final SystemCallFilter filter;
  private final Landlock landlock;
  private final List<String> missing;
  private final List<String> missingUntilFiltered;

  /** The tool; null where the machine has none. */
  private final Path prlimit;

  private Confinement(
      List<String> limits,
      Namespaces namespaces,
      SystemCallFilter filter,
      Landlock landlock,
      Path prlimit,
      List<String> missing,
      List<String> missingUntilFiltered) {
    this.limits = limits;
    this.namespaces = namespaces;
    this.filter = filter;
    this.landlock = landlock;
    this.prlimit = prlimit;
    this.missing = List.copyOf(missing);
    this.missingUntilFiltered = List.copyOf(missingUntilFiltered);
  }

  /** Tries what this machine allows; takes some tenths of a second. */
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
    SystemCallFilter filter = filter(true, missing);
    Namespaces namespaces = Namespaces.probe(confining(filter, null, FileView.SYSTEM));
    Landlock landlock = null;
    List<String> untilFiltered = new ArrayList<>();
    if (namespaces.sandbox() == null) {
      landlock = landlock(missing);
      if (namespaces.entering().isEmpty() && filter != null) {
        filter = filter(false, new ArrayList<>());
      }
      nameWhatNamespacesWouldKeep(missing, namespaces, filter, landlock);
      untilFiltered.addAll(whatFiltersWouldKeep(namespaces, filter, landlock));
    } else if (!namespaces.sandbox().hasOwnProcesses()) {
      missing.add("the list of processes (no /proc can be mounted)");
    }
    if (namespaces.mortal().isEmpty()) {
      missing.add("life after this process while stopped (no setpriv that knows --pdeathsig)");
    }
    Path prlimit = SystemFiles.program("prlimit").orElse(null);
    if (prlimit == null) {
      missing.add("file size (no prlimit)");
    }
    return new Confinement(limits, namespaces, filter, landlock, prlimit, missing, untilFiltered);
  }

  private static void nameWhatNamespacesWouldKeep(
      List<String> missing, Namespaces namespaces, SystemCallFilter filter, Landlock landlock) {
    if (namespaces.entering().isEmpty() && filter == null) {
      missing.add("network (no unshare, or namespaces are not permitted)");
    }
    if (!namespaces.hasUsers() && landlock == null) {
      // Of one user and one namespace, processes may look into each other.
      missing.add("this process's environment (no user namespaces)");
    }
    if (!namespaces.unprivileged() && (namespaces.hasUsers() || SystemFiles.hasPrivileges())) {
      missing.add("capabilities (no setpriv that gives them up)");
    }
  }

  private static List<String> whatFiltersWouldKeep(
      Namespaces namespaces, SystemCallFilter filter, Landlock landlock) {
    List<String> missing = new ArrayList<>();
    if (landlock == null || !landlock.stopsSignals()) {
      missing.add("signals to this user's processes (no PID namespaces)");
    }
    missing.add("processes of its own that outlive it (no PID namespaces)");
    if (filter == null || !namespaces.entering().isEmpty()) {
      missing.add("new user namespaces (no mount namespaces)");
    }
    return missing;
  }

  /** The command, confined but for what only {@link #start} does, and sees the system's files. */
  public List<String> around(List<String> command) {
    return around(command, FileView.SYSTEM);
  }

  /** The same with more files. Nothing is changed where the machine has no shell. */
  public List<String> around(List<String> command, FileView view) {
    List<String> wrapped = namespaces.around(command, view);
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
   * Starts a command, confined.
   *
   * @param environment the whole environment of the process
   * @throws IOException when no process can be started
   */
  public SupervisedProcess start(
      List<String> command, FileView view, Map<String, String> environment) throws IOException {
    return SupervisedProcess.start(
        around(command, view), environment, confining(filter, landlock, view));
  }

  /**
   * From now on a running process can write no regular file beyond its present size.
   *
   * @return whether that holds
   */
  public boolean forbidWriting(long pid) {
    return prlimit != null
        && Namespaces.works(
            List.of(prlimit.toString(), "--pid", Long.toString(pid), "--fsize=0:0"), NOT);
  }

  /**
   * What the machine does not allow to be taken away from any program, for people; empty when all
   * is well.
   */
  public List<String> missing() {
    List<String> all = new ArrayList<>(missing);
    all.addAll(missingUntilFiltered);
    return all;
  }

  /** The same of a program that is itself under {@link SystemCallFilter#ofWarmJvm}. */
  public List<String> missingOnceFiltered() {
    return missing;
  }

  /** Whether confined processes have no network. */
  public boolean isOffline() {
    return !namespaces.entering().isEmpty() || filter != null;
  }

  private static ProcessStarterThread.Confine confining(
      SystemCallFilter filter, Landlock landlock, FileView view) {
    return () -> {
      if (landlock != null) {
        landlock.confineThread(view);
      }
      if (filter != null) {
        filter.confineThread();
      }
    };
  }

  private static SystemCallFilter filter(boolean namespaces, List<String> missing) {
    try {
      SystemCallFilter filter = SystemCallFilter.beforeStart(namespaces);
      if (isPermitted(filter::confineThread)) {
        return filter;
      }
      missing.add("system calls (seccomp is not permitted)");
    } catch (IOException e) {
      missing.add("system calls (" + e.getMessage() + ")");
    }
    return null;
  }

  private static Landlock landlock(List<String> missing) {
    try {
      Landlock landlock = Landlock.here();
      if (isPermitted(() -> landlock.confineThread(FileView.SYSTEM))) {
        return landlock;
      }
    } catch (IOException e) {
      missing.add("files (no mount namespaces; " + e.getMessage() + ")");
      return null;
    }
    missing.add("files (no mount namespaces, and Landlock is not permitted)");
    return null;
  }

  private static boolean isPermitted(ProcessStarterThread.Confine thread) {
    Optional<Path> nothing = SystemFiles.program("true");
    return nothing.isPresent() && Namespaces.works(List.of(nothing.get().toString()), thread);
  }

  private static void limit(List<String> limits, List<String> missing, String option, String what) {
    String setting = "ulimit " + option;
    if (Namespaces.works(List.of(SHELL, "-c", setting), NOT)) {
      limits.add(setting);
    } else {
      missing.add(what);
    }
  }
}
