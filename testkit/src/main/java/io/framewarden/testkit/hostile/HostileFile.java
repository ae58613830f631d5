package io.framewarden.testkit.hostile;

import io.framewarden.v1.FailureReason;
import java.nio.file.Path;

/**
 * A malicious file and how it is to be refused.
 *
 * @param expected why it is refused; unspecified where the malicious part is ignored and the file's
 *     own frames are decoded
 * @param refusedBySignature whether its first bytes give it away, so that it is not even stored
 */
public record HostileFile(Path file, FailureReason expected, boolean refusedBySignature) {
  @Override
  public String toString() {
    return file.getFileName() + " " + expected;
  }
}
