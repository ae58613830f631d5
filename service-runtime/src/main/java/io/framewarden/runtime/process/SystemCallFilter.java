package io.framewarden.runtime.process;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import java.io.IOException;
import java.util.List;

/**
 * Which system calls a process may make, enforced by the kernel (seccomp) and never to be undone.
 * Calls of another architecture's numbers end the process; calls that are not allowed fail.
 * Immutable.
 */
public final class SystemCallFilter {
  private static final int NOT_PERMITTED = 1;
  private static final int NO_SUCH_CALL = 38;
  private static final int SHADOW_NUMBERS = 0x40000000;

  private static final int CLONE_THREAD = 0x10000 | 0x100; // that of a process, with its memory
  private static final int CLONE_NAMESPACES = 0x7E020080;
  private static final int OPEN_TO_CHANGE = 3 | 0x40 | 0x200; // write, create, truncate
  private static final int LOCAL = 1; // a socket's family
  private static final int[] TERMINAL_QUESTIONS = {0x5401, 0x541B}; // is it one, how much to read
  private static final int[] DESCRIPTOR_QUESTIONS = {0, 1, 2, 3, 5, 6, 7, 1030};
  private static final int[] THREAD_NAMES = {15, 16};

  private static final long SET_FILTER = 1;
  private static final long ALL_THREADS = 1;
  private static final long THIS_THREAD = 0;

  private final SystemCallTable table;
  private final BpfProgram program;

  private SystemCallFilter(SystemCallTable table) {
    this.table = table;
    this.program = new BpfProgram();
    program.load(BpfProgram.ARCHITECTURE).endUnless(table.architecture(), BpfProgram.KILL);
    program.load(BpfProgram.NUMBER);
    if (table.hasShadowNumbers()) {
      program.endWhereAtLeast(SHADOW_NUMBERS, failure());
    }
  }

  /**
   * For programs that are not started yet: everything but what none of them needs, sockets, keys,
   * tracing, io_uring, BPF and the administration of the machine among it.
   *
   * @param namespaces whether the program is yet to be wrapped in namespaces
   * @throws IOException when this machine's system calls are not known
   */
  static SystemCallFilter beforeStart(boolean namespaces) throws IOException {
    SystemCallFilter filter = new SystemCallFilter(SystemCallTable.here());
    filter.all(SystemCallTable.REFUSED, failure());
    if (!namespaces) {
      filter.all(SystemCallTable.NAMESPACES, failure());
      filter.when("clone", 0, CLONE_NAMESPACES, BpfProgram.ALLOW, 0);
      filter.all(List.of("clone3"), BpfProgram.fail(NO_SUCH_CALL));
    }
    filter.program.end(BpfProgram.ALLOW);
    return filter;
  }

  /**
   * For a JVM that has loaded all of its libraries: memory, threads, time, open files, and opening
   * files to read. No other process, no file that changes or is made, no socket.
   *
   * @param devices whether it works with devices, as a GPU's driver does: then it may open files to
   *     write, and give devices any order
   * @throws IOException when this machine's system calls are not known
   */
  public static SystemCallFilter ofWarmJvm(boolean devices) throws IOException {
    SystemCallFilter filter = new SystemCallFilter(SystemCallTable.here());
    int self = (int) ProcessHandle.current().pid();
    filter.all(SystemCallTable.HARMLESS, BpfProgram.ALLOW);
    filter.when("clone", 0, CLONE_THREAD | CLONE_NAMESPACES, BpfProgram.ALLOW, CLONE_THREAD);
    // The C library falls back to calls whose arguments can be looked at.
    filter.all(List.of("clone3", "openat2"), BpfProgram.fail(NO_SUCH_CALL));
    int changes = devices ? 0 : OPEN_TO_CHANGE;
    filter.when("open", 1, changes, BpfProgram.ALLOW, 0);
    filter.when("openat", 2, changes, BpfProgram.ALLOW, 0);
    if (devices) {
      filter.all(List.of("ioctl"), BpfProgram.ALLOW);
    } else {
      filter.when("ioctl", 1, -1, BpfProgram.ALLOW, TERMINAL_QUESTIONS);
    }
    filter.when("socketpair", 0, -1, BpfProgram.ALLOW, LOCAL); // how Java closes files
    filter.when("fcntl", 1, -1, BpfProgram.ALLOW, DESCRIPTOR_QUESTIONS);
    filter.when("prctl", 0, -1, BpfProgram.ALLOW, THREAD_NAMES);
    filter.when("kill", 0, -1, BpfProgram.ALLOW, self);
    filter.when("tgkill", 0, -1, BpfProgram.ALLOW, self);
    filter.allowLimitsToBeRead();
    filter.program.end(failure());
    return filter;
  }

  /** From now on holds for this thread and what it starts. */
  void confineThread() throws IOException {
    install(THIS_THREAD);
  }

  /**
   * From now on holds for every thread of this process.
   *
   * @throws IOException when the kernel refuses it
   */
  public void confineProcess() throws IOException {
    install(ALL_THREADS);
  }

  private void install(long threads) throws IOException {
    LinuxCalls.renouncePrivileges();
    try (Memory instructions = program.assemble();
        Memory header = new Memory(2L * Native.POINTER_SIZE)) {
      header.clear();
      header.setShort(0, (short) program.size());
      header.setPointer(Native.POINTER_SIZE, instructions);
      long other = LinuxCalls.call("seccomp", table.number("seccomp"), SET_FILTER, threads, header);
      if (other != 0) {
        throw new IOException("seccomp is refused for thread " + other);
      }
    }
  }

  private void all(List<String> calls, int result) {
    for (String call : calls) {
      table.find(name(call)).ifPresent(number -> program.endWhere(number, result));
    }
  }

  /** A call with one of the values in an argument's lower half ends so; with others it fails. */
  private void when(String call, int argument, int mask, int result, int... values) {
    BpfProgram then = new BpfProgram().load(BpfProgram.argument(argument)).mask(mask);
    for (int value : values) {
      then.endWhere(value, result);
    }
    then.end(failure());
    table.find(call).ifPresent(number -> program.where(number, then));
  }

  /** This process's, with no new ones given. */
  private void allowLimitsToBeRead() {
    BpfProgram then = new BpfProgram();
    for (int part :
        new int[] {
          BpfProgram.argument(0), BpfProgram.argument(2), BpfProgram.argument(2) + Integer.BYTES
        }) {
      then.load(part).endUnless(0, failure());
    }
    program.where(table.number("prlimit64"), then.end(BpfProgram.ALLOW));
  }

  private static String name(String entry) {
    return entry.replaceAll("=.*", "");
  }

  private static int failure() {
    return BpfProgram.fail(NOT_PERMITTED);
  }
}
