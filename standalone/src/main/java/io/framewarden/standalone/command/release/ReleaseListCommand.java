package io.framewarden.standalone.command.release;

import io.framewarden.detector.release.ReleaseHistory;
import io.framewarden.runtime.command.ExitStatus;
import io.framewarden.runtime.command.TextTable;
import io.framewarden.v1.ModelRelease;
import io.framewarden.v1.ReleaseStage;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code framewarden release list}: what was released. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Prints the published models and what became of them.")
final class ReleaseListCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "NAME",
      description = "Only this model (default: all).")
  private String name;

  @Option(names = "--history", description = "Every event, oldest first, not only the latest.")
  private boolean every;

  @Mixin private ReleaseOptions options;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    ReleaseHistory history = ReleaseOptions.history(options.connection());
    TextTable table = new TextTable("NAME", "VERSION", "STAGE", "SINCE", "DIGEST", "WHERE");
    List<ModelRelease> events = history.events();
    for (ModelRelease event : every ? events : history.latest()) {
      if (name == null || name.equals(event.getModelName())) {
        table.row(
            event.getModelName(),
            event.getVersion(),
            every ? ReleaseOptions.stage(event) : stage(history, event),
            since(event),
            event.getModelDigest(),
            event.getArtifactUri());
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(table.render());
    out.flush();
    return ExitStatus.OK;
  }

  /** Of several that were made active, one is; the others are what a rollback goes back to. */
  private static String stage(ReleaseHistory history, ModelRelease event) {
    boolean isBefore =
        event.getStage() == ReleaseStage.ACTIVE
            && !history.active(event.getModelName()).filter(event::equals).isPresent();
    return isBefore ? "active before" : ReleaseOptions.stage(event);
  }

  private static String since(ModelRelease event) {
    return Instant.EPOCH
        .plus(event.getReleasedTimeUs(), ChronoUnit.MICROS)
        .truncatedTo(ChronoUnit.SECONDS)
        .toString();
  }
}
