package io.framewarden.runtime.process;

import com.sun.jna.Memory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a thread, and what it starts, may do with files, enforced by the kernel's module of this
 * name and never to be undone. It needs no privilege, so that it holds where containers permit no
 * namespaces. Immutable.
 */
final class Landlock {
  private static final long EXECUTE = 1;
  private static final long WRITE_FILE = 1 << 1;
  private static final long READ_FILE = 1 << 2;
  private static final long READ_FOLDER = 1 << 3;
  private static final long TRUNCATE = 1 << 14;
  private static final long READ = EXECUTE | READ_FILE | READ_FOLDER;

  /** Rights that are about a file and no folder. */
  private static final long OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE;

  /** How many rights on files the versions know, from 1 on. */
  private static final int[] RIGHTS = {13, 14, 15, 15, 16};

  private static final int TCP_VERSION = 4;
  private static final int SCOPE_VERSION = 6;
  private static final long BIND_AND_CONNECT = 3;
  private static final long ABSTRACT_SOCKETS_AND_SIGNALS = 3;

  private static final long ASK_VERSION = 1;
  private static final long PATH_BENEATH = 1;
  private static final long AT_CWD = -100;
  private static final long PATH_ONLY = 0x200000 | 0x80000; // O_PATH, O_CLOEXEC

  private final SystemCallTable table;
  private final int version;

  private Landlock(SystemCallTable table, int version) {
    this.table = table;
    this.version = version;
  }

  /**
   * Of this machine.
   *
   * @throws IOException when its kernel has none, or may not be asked
   */
  static Landlock here() throws IOException {
    SystemCallTable table = SystemCallTable.here();
    long version =
        LinuxCalls.call("Landlock", table.number("landlock_create_ruleset"), 0L, 0L, ASK_VERSION);
    return new Landlock(table, (int) version);
  }

  /** Whether signals to processes that are not confined alike are refused. */
  boolean stopsSignals() {
    return version >= SCOPE_VERSION;
  }

  /** From now on this thread has these files and the system's, and no others. */
  void confineThread(FileView view) throws IOException {
    LinuxCalls.renouncePrivileges();
    long rules = createRules();
    try {
      for (Path path : SystemFiles.readable()) {
        allow(rules, path, READ);
      }
      for (Path path : view.readable()) {
        allow(rules, path, READ);
      }
      for (Path device : SystemFiles.devices()) {
        allow(rules, device, READ | WRITE_FILE);
      }
      // Its own entries: those of others, the kernel keeps from what is confined like this.
      allow(rules, Path.of("/proc"), READ | (SystemFiles.isRoot() ? 0 : WRITE_FILE));
      for (Path file : view.writable()) {
        allow(rules, file, handled());
      }
      for (Path folder : view.scratch()) {
        boolean shared = view.readable().stream().anyMatch(path -> path.startsWith(folder));
        allow(rules, folder, shared ? READ : handled());
      }
      LinuxCalls.call("Landlock", table.number("landlock_restrict_self"), rules, 0L);
    } finally {
      close(rules);
    }
  }

  private long handled() {
    int rights = RIGHTS[Math.min(version, RIGHTS.length) - 1];
    return (1L << rights) - 1;
  }

  private long createRules() throws IOException {
    try (Memory attributes = new Memory(3L * Long.BYTES)) {
      attributes.setLong(0, handled());
      attributes.setLong(8, version >= TCP_VERSION ? BIND_AND_CONNECT : 0);
      attributes.setLong(16, version >= SCOPE_VERSION ? ABSTRACT_SOCKETS_AND_SIGNALS : 0);
      // What a kernel does not know it accepts as zeros only.
      return LinuxCalls.call(
          "Landlock", table.number("landlock_create_ruleset"), attributes, attributes.size(), 0L);
    }
  }

  private void allow(long rules, Path path, long rights) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
    long most = handled() & (Files.isDirectory(path) ? -1L : OF_FILES);
    try (Memory text = new Memory(name.length + 1L);
        Memory rule = new Memory(Long.BYTES + Integer.BYTES)) {
      text.clear();
      text.write(0, name, 0, name.length);
      long file =
          LinuxCalls.call(path.toString(), table.number("openat"), AT_CWD, text, PATH_ONLY, 0L);
      try {
        rule.setLong(0, rights & most);
        rule.setInt(Long.BYTES, (int) file);
        LinuxCalls.call(
            "Landlock", table.number("landlock_add_rule"), rules, PATH_BENEATH, rule, 0L);
      } finally {
        close(file);
      }
    }
  }

  private void close(long descriptor) throws IOException {
    LinuxCalls.call("close", table.number("close"), descriptor);
  }
}
