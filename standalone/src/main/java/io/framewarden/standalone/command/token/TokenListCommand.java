package io.framewarden.standalone.command.token;

import io.framewarden.ingest.access.AccessToken;
import io.framewarden.runtime.command.ExitStatus;
import io.framewarden.runtime.command.TextTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code framewarden token list}: the tokens there are. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Prints the tokens' names and roles; the tokens themselves are kept nowhere.")
final class TokenListCommand implements Callable<Integer> {
  @Mixin private TokenOptions options;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    TextTable table = new TextTable("NAME", "ROLE", "CREATED");
    for (AccessToken token : options.open().read()) {
      table.row(token.name(), token.role().label(), token.created());
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(table.render());
    out.flush();
    return ExitStatus.OK;
  }
}
