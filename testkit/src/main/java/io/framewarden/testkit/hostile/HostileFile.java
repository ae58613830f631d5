package io.framewarden.testkit.hostile;

import io.framewarden.v1.FailureReason;
import java.nio.file.Path;

/**
 * A file that somebody means harm with.
 *
 * @param expected why it is refused; unspecified where what is bad about it is passed over and the
 *     file's own frames are decoded
 * @param atTheDoor whether its first bytes give it away, so that it is not even stored
 */
public record HostileFile(Path file, FailureReason expected, boolean atTheDoor) {
  @Override
  public String toString() {
    return file.getFileName() + " " + expected;
  }
}
