package io.framewarden.trainer.command;

import io.framewarden.runtime.command.TextTable;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.schemas.text.VisibleText;
import io.framewarden.trainer.publish.ManifestCard;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code framewarden model show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = {
      "Prints what a model says of itself.",
      "",
      "That is its input, extraction, calibration, operating points, training data,",
      "licence and metrics. Every file of it is checked by its sha256."
    })
final class ModelShowCommand implements Callable<Integer> {
  private static final String HOME = "framewarden.home";

  @Parameters(
      paramLabel = "DIR|NAME",
      description = "An artifact's folder, or the name of one that comes with framewarden.")
  private Path model;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    ModelArtifact artifact = ModelArtifact.open(folder());
    TextTable table = new TextTable("WHAT", "VALUE");
    table.row("digest", artifact.digest());
    ManifestCard.rows(artifact.manifest()).forEach(table::row);
    PrintWriter out = spec.commandLine().getOut();
    out.println(VisibleText.of(artifact.manifest().description()));
    out.print(table.render());
    out.flush();
    return 0;
  }

  private Path folder() {
    Path own = Path.of(System.getProperty(HOME, "")).resolve("models").resolve(model);
    boolean isName = !Files.exists(model) && model.getNameCount() == 1;
    return isName && Files.isDirectory(own) ? own : model;
  }
}
