package io.framewarden.benchmarks.training;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framewarden.benchmarks.ProcessSample;
import io.framewarden.runtime.command.UserError;
import io.framewarden.trainer.backbone.BackboneKind;
import io.framewarden.trainer.did.NetworkConfig;
import io.framewarden.trainer.onnx.OnnxExporter;
import io.framewarden.trainer.onnx.OnnxParity;
import io.framewarden.trainer.onnx.ParityException;
import io.framewarden.trainer.run.RunSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code framewarden bench-backbone}. */
@Command(
    name = "bench-backbone",
    mixinStandardHelpOptions = true,
    description = {
      "Measures what a backbone costs in a whole DID network at 224 pixels.",
      "Time and peak memory of training steps with and without gradient checkpointing, export,",
      "and how far the exported graph is from the network, whose weights are its first ones.",
      "Each in a process of its own."
    })
public final class BenchBackboneCommand implements Callable<Integer> {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** By its name: this package must not import the one above it. */
  private static final String MAIN = "io.framewarden.benchmarks.command.BenchMain";

  private static final double BYTES_PER_MIB = 1 << 20;

  @Parameters(paramLabel = "BACKBONE", description = "One of ${COMPLETION-CANDIDATES}.")
  private BackboneKind backbone;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "4",
      description = "Faces in a batch (default ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "4",
      description = "Training steps; the first is not timed (default ${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--warm",
      paramLabel = "N",
      defaultValue = "20",
      description = "Passes that warm statistics before the export (default ${DEFAULT-VALUE}).")
  private int warm;

  @Option(names = "--json", description = "Print one JSON object with the metrics by name.")
  private boolean json;

  /** What a child process measures. */
  enum Part {
    PLAIN,
    CHECKPOINTED,
    EXPORT
  }

  @Option(names = "--part", hidden = true)
  private Part part;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException, ParityException {
    PrintWriter out = spec.commandLine().getOut();
    if (part != null) {
      out.println(MAPPER.writeValueAsString(measure()));
      return 0;
    }
    Map<String, Double> metrics = new LinkedHashMap<>();
    for (Part each : Part.values()) {
      spec.commandLine().getErr().println("measuring " + backbone + ", " + name(each) + " ...");
      measureInProcess(each).forEach((name, value) -> metrics.put(name(each) + "_" + name, value));
    }
    out.println(json ? MAPPER.writeValueAsString(metrics) : RunSummary.table(metrics));
    return 0;
  }

  private static String name(Part part) {
    return part.name().toLowerCase(Locale.ROOT);
  }

  private Map<String, Double> measure() throws IOException, ParityException {
    NetworkConfig config =
        NetworkConfig.paper().on(backbone, 1).withGradientCheckpointing(part == Part.CHECKPOINTED);
    try (BackboneBench bench = new BackboneBench(config, batch, steps)) {
      Map<String, Double> metrics = part == Part.EXPORT ? export(bench) : bench.train();
      double peak =
          ProcessSample.peakMib()
              .orElseThrow(() -> new UserError("no peak memory is told: this needs Linux's /proc"));
      metrics.put("peak_mib", peak);
      return metrics;
    }
  }

  private Map<String, Double> export(BackboneBench bench) throws IOException, ParityException {
    bench.warm(warm);
    Path graph = Files.createTempFile("framewarden", ".onnx");
    try {
      long began = System.nanoTime();
      OnnxExporter.write(bench.network(), bench.network().config().side(), graph);
      Map<String, Double> metrics = new LinkedHashMap<>();
      metrics.put("seconds", (System.nanoTime() - began) / 1e9);
      metrics.put("mib", Files.size(graph) / BYTES_PER_MIB);
      OnnxParity.Report report = OnnxParity.compare(bench.network(), graph, bench.faces(warm));
      metrics.put("logit_difference", report.logitDifference());
      metrics.put("attention_difference", report.attentionDifference());
      return metrics;
    } finally {
      Files.deleteIfExists(graph);
    }
  }

  private Map<String, Double> measureInProcess(Part which)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(MAIN, "bench-backbone", backbone.toString(), "--part", which.name()));
    command.addAll(List.of("--batch", String.valueOf(batch), "--steps", String.valueOf(steps)));
    command.addAll(List.of("--warm", String.valueOf(warm)));
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      byte[] answer = child.getInputStream().readAllBytes();
      if (child.waitFor() != 0) {
        throw new UserError(
            "%s of %s exited with %d; is there enough memory? A smaller --batch takes less"
                .formatted(name(which), backbone, child.exitValue()));
      }
      return MAPPER.readValue(answer, new TypeReference<LinkedHashMap<String, Double>>() {});
    } finally {
      child.destroyForcibly();
    }
  }
}
