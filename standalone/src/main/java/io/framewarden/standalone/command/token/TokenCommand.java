package io.framewarden.standalone.command.token;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code framewarden token}: who may hand videos in. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = {
      "Makes and revokes the tokens that uploads need.",
      "Servers read the file named by FRAMEWARDEN_TOKEN_FILE, and again when it changes: no restart"
          + " is",
      "needed."
    },
    subcommands = {TokenCreateCommand.class, TokenListCommand.class, TokenRevokeCommand.class})
public final class TokenCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "what about tokens? --help lists it");
  }
}
