package io.framewarden.runtime.process;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;

/**
 * System calls of Linux that Java has no method for, made by the thread that asks. Safe for several
 * threads.
 */
final class LinuxCalls {
  /** System property of JNA: the folder that its own native library is unpacked to. */
  private static final String UNPACKED = "jna.tmpdir";

  private static final int SET_NO_NEW_PRIVILEGES = 38;

  private static LibC libc;

  private LinuxCalls() {}

  /** The C library. */
  interface LibC extends Library {
    long syscall(long number, Object... arguments);
  }

  /**
   * Makes a call.
   *
   * @param arguments {@link Long} or {@link Pointer} each, since integers may come with noise in
   *     their upper half
   * @return what the call returns, which is not negative
   * @throws IOException when the kernel refuses it, with its number for the reason, or when this
   *     machine has no way to make calls
   */
  static long call(String what, long number, Object... arguments) throws IOException {
    LibC library = libc();
    long result = library.syscall(number, arguments);
    if (result < 0) {
      throw new IOException("%s is refused (error %d)".formatted(what, Native.getLastError()));
    }
    return result;
  }

  /** From now on this thread, and what it starts, gains nothing from files with privileges. */
  static void renouncePrivileges() throws IOException {
    call(
        "no_new_privs",
        SystemCallTable.here().number("prctl"),
        (long) SET_NO_NEW_PRIVILEGES,
        1L,
        0L,
        0L,
        0L);
  }

  private static synchronized LibC libc() throws IOException {
    if (libc == null) {
      // Not JNA's own choice of a folder, whose name others could guess.
      boolean free = System.getProperty(UNPACKED) == null;
      try (WorkDirectory folder =
          free ? WorkDirectory.in(WorkDirectory.temporary("natives")) : null) {
        if (free) {
          System.setProperty(UNPACKED, folder.path().toString());
        }
        libc = Native.load("c", LibC.class);
      } catch (LinkageError e) {
        throw new IOException("JNA does not work here: " + e.getMessage(), e);
      } finally {
        if (free) {
          System.clearProperty(UNPACKED);
        }
      }
    }
    return libc;
  }
}
