package io.framewarden.runtime.process;

import com.sun.jna.Memory;
import java.util.ArrayList;
import java.util.List;

/**
 * A program for the kernel that looks at a system call, {@code struct seccomp_data}, and says what
 * becomes of it. One thread.
 */
final class BpfProgram {
  /** Where the parts of a call are, in bytes. */
  static final int NUMBER = 0;

  static final int ARCHITECTURE = 4;
  private static final int ARGUMENTS = 16;

  /** What may become of a call. */
  static final int ALLOW = 0x7FFF0000;

  static final int KILL = 0x80000000;
  private static final int FAIL = 0x00050000;

  private static final int LOAD = 0x20;
  private static final int AND = 0x54;
  private static final int EQUAL = 0x15;
  private static final int AT_LEAST = 0x35;
  private static final int RETURN = 0x06;
  private static final int BYTES = 8;

  private final List<long[]> instructions = new ArrayList<>();

  /** The result of a call that fails. */
  static int fail(int error) {
    return FAIL | error;
  }

  /** Where the lower half of an argument is; the upper one follows it. */
  static int argument(int index) {
    return ARGUMENTS + 8 * index;
  }

  BpfProgram load(int offset) {
    return add(LOAD, 0, 0, offset);
  }

  BpfProgram mask(int bits) {
    return add(AND, 0, 0, bits);
  }

  BpfProgram end(int result) {
    return add(RETURN, 0, 0, result);
  }

  /** Ends with the result where what is loaded equals the value. */
  BpfProgram endWhere(int value, int result) {
    return add(EQUAL, 0, 1, value).end(result);
  }

  BpfProgram endUnless(int value, int result) {
    return add(EQUAL, 1, 0, value).end(result);
  }

  BpfProgram endWhereAtLeast(int value, int result) {
    return add(AT_LEAST, 0, 1, value).end(result);
  }

  /** Goes through another program, which must end, where what is loaded equals the value. */
  BpfProgram where(int value, BpfProgram then) {
    add(EQUAL, 0, then.instructions.size(), value);
    instructions.addAll(then.instructions);
    return this;
  }

  private BpfProgram add(int code, int then, int otherwise, int value) {
    instructions.add(new long[] {code, then, otherwise, value});
    return this;
  }

  int size() {
    return instructions.size();
  }

  /** The array of {@code struct sock_filter}. */
  Memory assemble() {
    Memory memory = new Memory((long) BYTES * instructions.size());
    for (int i = 0; i < instructions.size(); i++) {
      long[] instruction = instructions.get(i);
      long at = (long) BYTES * i;
      memory.setShort(at, (short) instruction[0]);
      memory.setByte(at + 2, (byte) instruction[1]);
      memory.setByte(at + 3, (byte) instruction[2]);
      memory.setInt(at + 4, (int) instruction[3]);
    }
    return memory;
  }
}
