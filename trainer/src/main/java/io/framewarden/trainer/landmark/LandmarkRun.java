package io.framewarden.trainer.landmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.framewarden.extraction.face.DenseLandmarks;
import io.framewarden.extraction.face.onnx.LandmarkNetwork;
import io.framewarden.trainer.backbone.Cost;
import io.framewarden.trainer.onnx.ParityException;
import io.framewarden.trainer.run.RunFolder;
import io.framewarden.trainer.training.LossLog;
import io.framewarden.trainer.training.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A landmark network from labelled photographs to its graph: trains, exports, checks that the graph
 * computes what the network does, measures the graph on people that were left out, and writes a
 * report and sheets to look at. Stateless.
 */
public final class LandmarkRun {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private static final int SHEET = 40;

  private LandmarkRun() {}

  /**
   * Runs a configuration in a folder, from its beginning or from its last checkpoint. Afterwards
   * the folder has the graph, {@code report.json}, and sheets of squares that were trained on and
   * of what the graph finds in squares of unseen people.
   *
   * @param photographs folder of the photographs
   * @param labels CSV with the header {@code file,x0,y0,...,x67,y67}: the file's name in the folder
   *     and the landmarks of its face in pixels, in the order of {@link DenseLandmarks}
   * @param listener called after every step and checkpoint
   * @return the graph
   * @throws io.framewarden.trainer.dataset.DatasetException if labels or photographs are wrong
   * @throws InterruptedException if the thread was interrupted; the run can be resumed
   * @throws ParityException if the graph is not the network's
   */
  public static Path run(
      Path photographs,
      Path labels,
      RunFolder folder,
      LandmarkConfig config,
      TrainingListener listener)
      throws IOException, InterruptedException, ParityException {
    LandmarkPhotographs people = LandmarkPhotographs.read(photographs, labels);
    Files.createDirectories(folder.path());
    LandmarkSheet.write(
        LandmarkBatch.draw(people.train(), config, 0).samples(),
        folder.path().resolve("trained-on.png"));
    Path graph = folder.path().resolve("landmarks.onnx");
    Cost cost;
    try (LossLog losses = new LossLog(folder.losses());
        LandmarkNet net =
            new LandmarkTrainer(
                    people, config, folder.checkpoints(), TrainingListener.all(losses, listener))
                .train()) {
      LandmarkGraph.write(net, graph);
      LandmarkGraph.check(net, graph, unseen(people));
      cost = net.cost();
    }
    try (LandmarkNetwork network = LandmarkNetwork.open(graph)) {
      List<LandmarkSample> found =
          unseen(people).faces().stream()
              .map(sample -> sample.withPoints(LandmarkGraph.find(network, sample)))
              .toList();
      LandmarkSheet.write(found, folder.path().resolve("found.png"));
      Map<String, Object> report = new LinkedHashMap<>();
      report.put("network", network(network, graph, cost));
      report.put("config", config);
      report.put("photographsTrainedOn", people.train().size());
      report.put("photographsMeasuredOn", people.test().size());
      report.put("evaluation", LandmarkEvaluation.of(network, people.test(), config.seed()));
      JSON.writeValue(folder.path().resolve("report.json").toFile(), report);
    }
    return graph;
  }

  private static LandmarkBatch unseen(LandmarkPhotographs people) {
    return LandmarkBatch.draw(people.test(), new LandmarkConfig(1, SHEET, SHEET, 1, 1, 1), 0);
  }

  private static Map<String, Object> network(LandmarkNetwork network, Path graph, Cost cost)
      throws IOException {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("sha256", network.digest());
    facts.put("bytes", Files.size(graph));
    facts.put("parameters", cost.parameters());
    facts.put("multiplyAdds", cost.multiplyAdds());
    return facts;
  }
}
