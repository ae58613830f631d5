package io.framewarden.standalone.command.token;

import io.framewarden.ingest.access.AccessConfig;
import io.framewarden.ingest.access.AccessToken;
import io.framewarden.ingest.access.Role;
import io.framewarden.ingest.access.TokenFile;
import io.framewarden.runtime.command.ExitStatus;
import io.framewarden.runtime.command.TextTable;
import io.framewarden.runtime.command.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code framewarden token}: who may upload. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = {
      "Makes and revokes the tokens that uploads need.",
      "Servers read the file named by FRAMEWARDEN_TOKEN_FILE, and again when it changes: no"
          + " restart",
      "is needed."
    })
public final class TokenCommand implements Runnable {
  @Spec private CommandSpec spec;

  /** Which file of tokens. */
  static final class FileOption {
    @Option(
        names = "--file",
        paramLabel = "FILE",
        description = "The file of tokens (default: FRAMEWARDEN_TOKEN_FILE).")
    private Path file;

    private TokenFile open() {
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

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "what about tokens? --help lists it");
  }

  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Makes a token and prints it, this once: the file keeps only its hash.",
        "Callers send it as `Authorization: Bearer TOKEN`."
      })
  int create(
      @Parameters(
              paramLabel = "NAME",
              description = "Who it is for; the submitter of what is uploaded with it.")
          String name,
      @Option(
              names = "--role",
              defaultValue = "uploader",
              description =
                  "uploader (uploads; sees and deletes its own), moderator (sees all, decides) or"
                      + " admin (default ${DEFAULT-VALUE}).")
          Role role,
      @Mixin FileOption option)
      throws IOException {
    TokenFile file = option.open();
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

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "Prints the tokens' names and roles; the tokens themselves are kept nowhere.")
  int list(@Mixin FileOption option) throws IOException {
    TextTable table = new TextTable("NAME", "ROLE", "CREATED");
    for (AccessToken token : option.open().read()) {
      table.row(token.name(), token.role().label(), token.created());
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(table.render());
    out.flush();
    return ExitStatus.OK;
  }

  @Command(
      name = "revoke",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "Ends a token. Running servers follow within a second or two.")
  int revoke(
      @Parameters(paramLabel = "NAME", description = "The token's name.") String name,
      @Mixin FileOption option)
      throws IOException {
    try {
      option.open().revoke(name);
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage());
    }
    return ExitStatus.OK;
  }
}
