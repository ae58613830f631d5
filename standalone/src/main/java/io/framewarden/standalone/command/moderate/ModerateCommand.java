package io.framewarden.standalone.command.moderate;

import io.framewarden.runtime.command.ExitStatus;
import io.framewarden.runtime.command.TaskProgress;
import io.framewarden.standalone.command.PipelineOptions;
import io.framewarden.standalone.command.RunningPipeline;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code framewarden moderate FILE...}: the whole pipeline for a few files, then their verdicts.
 */
@Command(
    name = "moderate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Judges video files and prints one verdict for each.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:each file has a verdict",
      "1:framewarden or the machine failed",
      "2:wrong usage",
      "3:some file was refused or could not be extracted"
    })
public final class ModerateCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Video files.")
  private List<Path> files;

  @Option(
      names = "--json",
      description = "One JSON object a line on standard output, in the order of the files.")
  private boolean json;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Keep uploads, topics and verdicts here (default: a temporary folder).")
  private Path dataDir;

  @Mixin private PipelineOptions options;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException, IOException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    List<ModerationResult> answers;
    try (TaskProgress progress = TaskProgress.of("moderate", files.size(), err)) {
      progress.note("starting");
      try (RunningPipeline running =
          RunningPipeline.start(options, dataDir, new CollectorRegistry())) {
        answers =
            new ModerationRun(running.pipeline(), progress, answer -> printJson(out, answer))
                .run(files);
      }
    }
    if (!json) {
      out.print(ModerationText.table(answers));
    }
    out.flush();
    return answers.stream().allMatch(ModerationResult::isJudged)
        ? ExitStatus.OK
        : ExitStatus.SOME_REFUSED;
  }

  private void printJson(PrintWriter out, ModerationResult answer) {
    if (json) {
      out.println(ModerationText.json(answer));
      out.flush();
    }
  }
}
