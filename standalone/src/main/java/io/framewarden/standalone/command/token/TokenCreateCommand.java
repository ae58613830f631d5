package io.framewarden.standalone.command.token;

import io.framewarden.ingest.access.Role;
import io.framewarden.ingest.access.TokenFile;
import io.framewarden.runtime.command.ExitStatus;
import io.framewarden.runtime.command.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code framewarden token create}: a new token. */
@Command(
    name = "create",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes a token and prints it, this once: the file keeps only its hash.",
      "Callers send it as `Authorization: Bearer TOKEN`."
    })
final class TokenCreateCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "NAME",
      description = "Who it is for; the submitter of what is uploaded with it.")
  private String name;

  @Option(
      names = "--role",
      defaultValue = "uploader",
      description =
          "uploader (hands in; sees and deletes its own), moderator (sees all) or admin (default"
              + " ${DEFAULT-VALUE}).")
  private Role role;

  @Mixin private TokenOptions options;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    TokenFile file = options.open();
    try {
      String secret = file.create(name, role);
      PrintWriter out = spec.commandLine().getOut();
      out.println(secret);
      out.flush();
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage());
    }
    spec.commandLine().getErr().println("role " + role.label() + ", kept in " + file.path());
    return ExitStatus.OK;
  }
}
