package io.framewarden.trainer.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.framewarden.runtime.command.ExitStatus;
import io.framewarden.runtime.command.TextTable;
import io.framewarden.runtime.command.UserError;
import io.framewarden.trainer.evaluation.FaceScorer;
import io.framewarden.trainer.probe.Probe;
import io.framewarden.trainer.probe.Probes;
import io.framewarden.trainer.report.MetricsJson;
import io.framewarden.trainer.run.EvaluatedModel;
import io.framewarden.trainer.run.EvaluationData;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code framewarden probe}. */
@Command(
    name = "probe",
    mixinStandardHelpOptions = true,
    description = {
      "Tells in a minute whether a model can work on video: what its pseudo-fakes score after",
      "H.264, what it answers to, and which shortcuts it takes. Needs photographs with dense",
      "landmarks. Exit status 1 where a probe fails."
    })
final class ProbeCommand implements Callable<Integer> {
  @Mixin private EvaluatedOptions options;

  @Option(
      names = "--faces",
      paramLabel = "N",
      description = "Photographs to probe with, at most (${DEFAULT-VALUE}).",
      defaultValue = "250")
  private int max;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (max < 1) {
      throw new UserError("--faces is at least 1, not " + max);
    }
    try (EvaluatedModel model = EvaluatedModel.open(options.model());
        FaceScorer scorer = model.scorer(model.defaultEngine())) {
      List<Probe> probes =
          Probes.of(
              EvaluationData.people(options.archives(), model, options.people()), max, scorer);
      if (probes.isEmpty()) {
        throw new UserError(
            options.archives()
                + ": no photograph of a real face with dense landmarks there; `framewarden faces`"
                + " keeps those of photographs");
      }
      spec.commandLine().getOut().print(options.json() ? json(probes) : text(probes));
      spec.commandLine().getOut().flush();
      return probes.stream().allMatch(Probe::passed) ? ExitStatus.OK : ExitStatus.FAILED;
    }
  }

  private static String text(List<Probe> probes) {
    TextTable table = new TextTable("PROBE", "VALUE", "WANTED", "", "MEANING");
    for (Probe probe : probes) {
      table.row(
          probe.name(),
          String.format(Locale.ROOT, "%.3f", probe.value()),
          probe.wanted(),
          probe.passed() ? "passed" : "FAILED",
          probe.meaning());
    }
    return table.render();
  }

  private static String json(List<Probe> probes) throws JsonProcessingException {
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    return mapper.writeValueAsString(
            mapper.createObjectNode().set("probes", MetricsJson.probes(probes)))
        + System.lineSeparator();
  }
}
