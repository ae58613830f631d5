package io.framewarden.standalone.command.release;

import io.framewarden.detector.release.ReleaseKey;
import io.framewarden.detector.release.ReleaseTrust;
import io.framewarden.runtime.command.UserError;
import io.framewarden.v1.ModelRelease;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The key that releases are signed with. */
final class SigningOption {
  @Option(
      names = "--key",
      paramLabel = "FILE",
      description =
          "Sign with this key, of `release keygen` (default: none)."
              + " Releases that it has not signed are then as if they were not there.")
  private Path file;

  /** Whose releases a change goes by: an unsigned one must not get a signature by a rollback. */
  ReleaseTrust trust() {
    return file == null ? ReleaseTrust.inEverybody() : ReleaseTrust.in(List.of(key().known()));
  }

  /** The events, signed where there is a key. */
  List<ModelRelease> signed(List<ModelRelease> events) {
    return file == null ? events : events.stream().map(key()::sign).toList();
  }

  private ReleaseKey key() {
    try {
      return ReleaseKey.read(file);
    } catch (IOException e) {
      throw new UserError("--key " + file + ": cannot be used: " + e.getMessage(), e);
    }
  }
}
