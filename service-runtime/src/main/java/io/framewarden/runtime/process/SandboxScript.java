package io.framewarden.runtime.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A shell script that, in namespaces of its own, makes an empty file system of memory, puts into it
 * what a view names, leaves the old one behind, gives up all privileges and runs its arguments. Its
 * shell stays, as the process whose end is that of all others. Immutable.
 */
final class SandboxScript {
  /** Covered by the new file system, and needed by nothing that is put into it. */
  private static final String BASE = "/sys";

  /**
   * The new root is not that of the file system, since the kernel gives no new user namespace, and
   * with it no privileges, to a process whose root was changed.
   */
  private static final String ROOT = "r";

  private static final String OLD = "old";
  private static final int SCRATCH_MEBI = 256;
  private static final List<String> TOOLS =
      List.of("mount", "umount", "mkdir", "ln", "pivot_root", "chroot", "setpriv");

  /** Gives up every privilege, and that of getting one. */
  static final List<String> NO_PRIVILEGES =
      List.of(
          "--no-new-privs",
          "--securebits=+noroot,+noroot_locked,+no_setuid_fixup,+no_setuid_fixup_locked,"
              + "+keep_caps_locked",
          "--bounding-set=-all",
          "--inh-caps=-all",
          "--ambient-caps=-all");

  private final Map<String, Path> tools;

  /** Whether there is a list of the sandbox's own processes; else that of the machine is seen. */
  private final boolean ownProcesses;

  private SandboxScript(Map<String, Path> tools, boolean ownProcesses) {
    this.tools = tools;
    this.ownProcesses = ownProcesses;
  }

  /** With the tools of this machine; empty where one is missing. */
  static Optional<SandboxScript> find() {
    Map<String, Path> tools = new HashMap<>();
    for (String name : TOOLS) {
      SystemFiles.program(name).ifPresent(path -> tools.put(name, path));
    }
    return tools.size() == TOOLS.size()
        ? Optional.of(new SandboxScript(Map.copyOf(tools), true))
        : Optional.empty();
  }

  /** The same, where the kernel does not permit a list of processes to be mounted. */
  SandboxScript withAllProcesses() {
    return new SandboxScript(tools, false);
  }

  boolean hasOwnProcesses() {
    return ownProcesses;
  }

  /** The script's text, for a shell that is the first process of its namespace. */
  String text(FileView view) {
    Mounts mounts = new Mounts();
    SystemFiles.readable().forEach(mounts::read);
    view.readable().forEach(mounts::read);
    Path here = Path.of("").toAbsolutePath();
    List<String> lines = new ArrayList<>();
    lines.add("set -e");
    lines.add(tool("mount") + " -t tmpfs -o size=4m,nosuid,nodev,mode=755 tmpfs " + BASE);
    lines.add("cd " + BASE);
    lines.add(tool("mkdir") + " -p " + OLD + " " + ROOT + "/proc " + ROOT + "/dev");
    mounts.links.forEach(
        (name, target) -> {
          lines.add(tool("mkdir") + " -p " + quoted(inside(name.getParent())));
          lines.add(tool("ln") + " -s " + quoted(target.toString()) + " " + quoted(inside(name)));
        });
    for (Path scratch : view.scratch()) {
      String folder = quoted(inside(scratch));
      lines.add(tool("mkdir") + " -p " + folder);
      lines.add(
          "%s -t tmpfs -o size=%dm,nosuid,nodev,mode=700 tmpfs %s"
              .formatted(tool("mount"), SCRATCH_MEBI, folder));
    }
    SystemFiles.devices().forEach(device -> mounts.add(device, device, "bind"));
    for (Path path : view.writable()) {
      boolean device = !Files.isRegularFile(path) && !Files.isDirectory(path);
      mounts.add(path, path, device ? "bind" : "bind,rw,nosuid,nodev");
    }
    lines.add(mounts.folders(tool("mkdir"), here));
    lines.addAll(mounts.files());
    lines.add("printf '%s' " + quoted(mounts.table()) + " > table");
    lines.add(tool("mount") + " -a -T table");
    lines.add(
        ownProcesses
            ? tool("mount") + " -t proc -o ro,nosuid,nodev,noexec proc " + ROOT + "/proc"
            : tool("mount") + " --rbind /proc " + ROOT + "/proc");
    lines.add(tool("ln") + " -s " + ROOT + "/* ."); // for the tools, until the root is changed
    lines.add(tool("pivot_root") + " . " + OLD);
    lines.add("cd /" + ROOT);
    lines.add(tool("umount") + " -l /" + OLD);
    lines.add(tool("mount") + " -o remount,bind,ro /");
    lines.add(
        "exec %s /%s %s %s -- /bin/sh -c %s sh \"$@\""
            .formatted(
                tool("chroot"),
                ROOT,
                tool("setpriv"),
                String.join(" ", NO_PRIVILEGES),
                quoted(runIn(here))));
    return String.join("\n", lines);
  }

  /** The shell that stays. What it says of a child that a signal ended is for nobody. */
  private static String runIn(Path folder) {
    return String.join(
        "; ",
        "cd " + quoted(folder.toString()) + " 2> /dev/null || :",
        "unset OLDPWD",
        "exec 3>&2 2> /dev/null",
        "(exec \"$@\" 2>&3 3>&-)",
        "exit $?");
  }

  private String tool(String name) {
    return tools.get(name).toString();
  }

  private static String inside(Path path) {
    return ROOT + path;
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /** What is mounted where, and the names that are links. One thread. */
  private static final class Mounts {
    private final Map<Path, Path> links = new LinkedHashMap<>();
    private final Map<Path, String> lines = new LinkedHashMap<>();
    private final List<Path> mountPoints = mountPoints();

    /** A file or folder, under its name and, where links lead to it, under its own too. */
    void read(Path path) {
      try {
        Path real = path.toRealPath();
        if (!path.equals(real) && path.getNameCount() == 1) {
          links.putIfAbsent(path, Files.readSymbolicLink(path));
        }
        for (Path name : List.of(real, path)) {
          if (!isSeen(name)) {
            add(real, name, "rbind,ro,nosuid,nodev");
          }
        }
        // A folder's read-only mount does not make those inside it read-only.
        mountPoints.stream()
            .filter(point -> point.startsWith(real) && !point.equals(real))
            .forEach(point -> add(point, point, "rbind,ro,nosuid,nodev"));
      } catch (IOException e) {
        return; // not there: so it is in the sandbox
      }
    }

    private boolean isSeen(Path name) {
      for (Path each = name; each != null; each = each.getParent()) {
        if (lines.containsKey(each) || links.containsKey(each)) {
          return true;
        }
      }
      return false;
    }

    void add(Path source, Path name, String options) {
      lines.put(
          name,
          "%s %s none %s 0 0\n"
              .formatted(escaped(source.toString()), escaped(BASE + "/" + inside(name)), options));
    }

    String table() {
      return String.join("", lines.values());
    }

    /** A command that makes the folders that are mounted on, and those of the files. */
    String folders(String mkdir, Path more) {
      StringBuilder command = new StringBuilder(mkdir + " -p");
      for (Path name : lines.keySet()) {
        Path folder = Files.isDirectory(name) ? name : name.getParent();
        command.append(' ').append(quoted(inside(folder)));
      }
      return command.append(' ').append(quoted(inside(more))).toString();
    }

    List<String> files() {
      return lines.keySet().stream()
          .filter(name -> !Files.isDirectory(name))
          .map(name -> ": > " + quoted(inside(name)))
          .toList();
    }

    private static String escaped(String name) {
      return name.replace("\\", "\\134")
          .replace(" ", "\\040")
          .replace("\t", "\\011")
          .replace("\n", "\\012")
          .replace("#", "\\043");
    }

    private static List<Path> mountPoints() {
      try {
        return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
            .map(line -> line.split(" ")[4])
            .filter(
                name ->
                    Arrays.asList(name.split("/")).stream().noneMatch(part -> part.contains("\\")))
            .map(Path::of)
            .toList();
      } catch (IOException e) {
        return List.of();
      }
    }
  }
}
