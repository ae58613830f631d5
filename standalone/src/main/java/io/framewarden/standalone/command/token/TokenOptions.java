package io.framewarden.standalone.command.token;

import io.framewarden.ingest.access.AccessConfig;
import io.framewarden.ingest.access.TokenFile;
import io.framewarden.runtime.command.UserError;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the tokens are. */
final class TokenOptions {
  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "The file of tokens (default: FRAMEWARDEN_TOKEN_FILE).")
  private Path file;

  TokenFile open() {
    String configured = System.getenv().getOrDefault(AccessConfig.TOKEN_FILE, "").trim();
    if (file != null) {
      return new TokenFile(file);
    }
    if (configured.isEmpty()) {
      throw new UserError("which file? Give --file, or set " + AccessConfig.TOKEN_FILE);
    }
    return new TokenFile(Path.of(configured));
  }
}
