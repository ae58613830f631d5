package io.framewarden.runtime.process;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How a command is wrapped so that it starts in namespaces of its own, without privileges, and dies
 * with its parent: as far as this machine permits that. Immutable.
 *
 * @param entering what comes first: it makes namespaces and keeps the process id; empty where none
 *     are permitted
 * @param mortal makes the kernel kill the process when its parent dies; empty where no tool does
 * @param sandbox the file system and processes of its own; null where the machine has no such
 * @param unprivileged whether it has no capability, and cannot get one
 */
record Namespaces(
    List<String> entering, List<String> mortal, SandboxScript sandbox, boolean unprivileged) {
  private static final String SHELL = "/bin/sh";
  private static final long TIMEOUT_SECONDS = 10;
  private static final String USER = "--user";
  private static final List<String> AS_ROOT_OF_ITS_OWN = List.of(USER, "--map-root-user");
  private static final List<String> SANDBOX = List.of("--mount", "--net", "--ipc", "--uts");
  private static final List<String> DEATH_SIGNAL = List.of("--pdeathsig", "KILL");

  /** The one that forks is outside; when it is killed, nothing inside may outlive it. */
  private static final List<String> PROCESSES = List.of("--pid", "--fork", "--kill-child=KILL");

  /** As anybody in a user namespace, else as root. */
  private static final List<List<String>> USERS = List.of(AS_ROOT_OF_ITS_OWN, List.of());

  /** Tries what this machine permits to threads that are confined so. */
  static Namespaces probe(ProcessStarterThread.Confine thread) {
    Optional<SandboxScript> script = SandboxScript.find();
    if (script.isPresent()) {
      for (List<String> user : USERS) {
        for (SandboxScript each : List.of(script.get(), script.get().withAllProcesses())) {
          Namespaces all =
              new Namespaces(unshare(concat(user, SANDBOX)), setpriv(DEATH_SIGNAL), each, true);
          if (all.work(thread)) {
            return all;
          }
        }
      }
    }
    return withoutSandbox(thread);
  }

  private static Namespaces withoutSandbox(ProcessStarterThread.Confine thread) {
    List<String> entering = List.of();
    for (List<String> user : USERS) {
      List<String> offline = unshare(concat(user, List.of("--net")));
      if (entering.isEmpty() && new Namespaces(offline, List.of(), null, false).work(thread)) {
        entering = offline;
      }
    }
    List<String> powerless = setpriv(concat(DEATH_SIGNAL, SandboxScript.NO_PRIVILEGES));
    Namespaces best = new Namespaces(entering, powerless, null, true);
    if (best.work(thread)) {
      return best;
    }
    Namespaces mortal = new Namespaces(entering, setpriv(DEATH_SIGNAL), null, false);
    return mortal.work(thread) ? mortal : new Namespaces(entering, List.of(), null, false);
  }

  /** Whether processes are of another user namespace than this one. */
  boolean hasUsers() {
    return entering.contains(USER);
  }

  /** The command in its wrapping; with a sandbox, the process is a grandchild of what starts it. */
  List<String> around(List<String> command, FileView view) {
    List<String> all = concat(entering, mortal);
    if (sandbox != null) {
      all = concat(all, unshare(PROCESSES));
      all = concat(all, List.of(SHELL, "-c", sandbox.text(view), SHELL));
    }
    return concat(all, command);
  }

  /** Whether a command is wrapped in a sandbox. */
  static boolean isSandboxed(List<String> command) {
    return command.containsAll(PROCESSES);
  }

  private boolean work(ProcessStarterThread.Confine thread) {
    Optional<String> nothing = SystemFiles.program("true").map(Object::toString);
    return nothing.isPresent() && works(around(List.of(nothing.get()), FileView.SYSTEM), thread);
  }

  private static List<String> unshare(List<String> options) {
    return tool("unshare", options);
  }

  /** Last of the wrapping: the kernel forgets the wish when a process gains privileges. */
  private static List<String> setpriv(List<String> options) {
    return tool("setpriv", options);
  }

  private static List<String> tool(String name, List<String> options) {
    String path = SystemFiles.program(name).map(Object::toString).orElse(name);
    return concat(List.of(path), concat(options, List.of("--")));
  }

  private static List<String> concat(List<String> some, List<String> more) {
    List<String> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  /** Whether a command ends well within some seconds, started by a thread that is confined so. */
  static boolean works(List<String> command, ProcessStarterThread.Confine thread) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectInput(Redirect.from(new File("/dev/null")))
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD);
      builder.environment().clear();
      Process process = ProcessStarterThread.call(thread, builder::start);
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
