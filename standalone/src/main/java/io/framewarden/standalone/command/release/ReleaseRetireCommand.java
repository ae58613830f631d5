package io.framewarden.standalone.command.release;

import io.framewarden.runtime.command.ExitStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code framewarden release retire}: takes a model out of use. */
@Command(
    name = "retire",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Takes a model out of the shadow, or out of what a rollback may go back to.")
final class ReleaseRetireCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "NAME", description = "The model's name.")
  private String name;

  @Parameters(
      index = "1",
      paramLabel = "VERSION|DIGEST",
      description = "Its version, or the first six or more characters of its digest.")
  private String which;

  @Mixin private ReleaseOptions options;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    options.change(spec.commandLine().getOut(), desk -> desk.retire(name, which));
    return ExitStatus.OK;
  }
}
