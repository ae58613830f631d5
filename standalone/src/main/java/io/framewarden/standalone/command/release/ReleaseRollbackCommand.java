package io.framewarden.standalone.command.release;

import io.framewarden.runtime.command.ExitStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code framewarden release rollback}: goes back to the model before. */
@Command(
    name = "rollback",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Goes back to the active model before, and retires the one that is active now.")
final class ReleaseRollbackCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "NAME", description = "The model's name.")
  private String name;

  @Mixin private ReleaseOptions options;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    options.change(spec.commandLine().getOut(), desk -> desk.rollback(name));
    return ExitStatus.OK;
  }
}
