package io.framewarden.standalone.command.token;

import io.framewarden.runtime.command.ExitStatus;
import io.framewarden.runtime.command.UserError;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code framewarden token revoke}: a token ends. */
@Command(
    name = "revoke",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Ends a token. Running servers follow within a second or two.")
final class TokenRevokeCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "NAME", description = "The token's name.")
  private String name;

  @Mixin private TokenOptions options;

  @Override
  public Integer call() throws IOException {
    try {
      options.open().revoke(name);
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage());
    }
    return ExitStatus.OK;
  }
}
