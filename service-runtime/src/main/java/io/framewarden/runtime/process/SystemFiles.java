package io.framewarden.runtime.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What every program of this machine needs of the file system, and none of its secrets. */
final class SystemFiles {
  private static final List<String> PROGRAMS = List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin");
  private static final List<String> LIBRARIES =
      List.of("/usr/lib", "/usr/lib32", "/usr/lib64", "/lib", "/lib32", "/lib64");
  private static final List<String> SETTINGS =
      List.of("/etc/ld.so.cache", "/etc/localtime", "/etc/alternatives", "/usr/share/zoneinfo");
  private static final List<String> DEVICES =
      List.of("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom");

  private static final String NO_PRIVILEGES = "CapPrm:\t0000000000000000";

  private SystemFiles() {}

  /** A program of the system's own, wherever PATH points. */
  static Optional<Path> program(String name) {
    return PROGRAMS.stream()
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Files and folders, some of which may be links; they exist. */
  static List<Path> readable() {
    List<Path> all =
        new ArrayList<>(
            Stream.of(PROGRAMS, LIBRARIES, SETTINGS)
                .flatMap(List::stream)
                .map(Path::of)
                .filter(Files::exists)
                .toList());
    // Distributions keep the settings of their Java here, behind links.
    try (DirectoryStream<Path> java = Files.newDirectoryStream(Path.of("/etc"), "java*")) {
      java.forEach(all::add);
    } catch (IOException e) {
      return all; // none to be read here
    }
    return all;
  }

  /** Devices that give away nothing. */
  static List<Path> devices() {
    return DEVICES.stream().map(Path::of).filter(Files::exists).toList();
  }

  /** Whether this process has any capability that a child would inherit. */
  static boolean hasPrivileges() {
    try {
      return !Files.readAllLines(Path.of("/proc/self/status")).contains(NO_PRIVILEGES);
    } catch (IOException e) {
      return false; // no Linux
    }
  }

  static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }
}
