package io.framewarden.trainer.experiment;

import io.framewarden.trainer.did.LossConfig;
import io.framewarden.trainer.did.NetworkConfig;
import io.framewarden.trainer.experiment.AblationScores.TestSet;
import io.framewarden.trainer.forgery.Forgeries;
import io.framewarden.trainer.recipe.Recipe;
import io.framewarden.trainer.run.RunData;
import io.framewarden.trainer.training.TrainingConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What all rows of an ablation have in common, for people to read. */
final class AblationMetadata {
  private AblationMetadata() {}

  /** By name, in the order in which they are printed; no paths, because tables are passed on. */
  static Map<String, String> of(List<Path> archives, Recipe base, RunData data, TestSet tested) {
    TrainingConfig training = base.training();
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("Network", network(training.network()));
    metadata.put(
        "Budget of each run",
        "%d steps of %d faces, an epoch is %d steps, peak learning rate %s"
            .formatted(
                training.steps(),
                training.batch(),
                training.schedule().epoch(),
                training.optimizer().learningRate()));
    metadata.put("Loss", loss(training.loss()));
    metadata.put(
        "Trained on",
        "%s: %d real and %d fake faces; kinds %s"
            .formatted(
                archives.stream()
                    .map(archive -> String.valueOf(archive.getFileName()))
                    .collect(Collectors.joining(", ")),
                data.train().reals().size(),
                data.train().fakes().size(),
                weighted(tested.seen(), base.data().mix().weights())));
    metadata.put(
        "Batches",
        "sampling %s, augmentation %s"
            .formatted(base.data().sampling(), base.data().augmentation())
            .toLowerCase(Locale.ROOT));
    metadata.put("Held out", String.join(", ", tested.heldOut()));
    metadata.put(
        "Tested on",
        "%d real and %d fake faces of people that training did not see, the same for every run"
            .formatted(tested.reals(), tested.fakes()));
    if (Stream.concat(tested.seen().stream(), tested.heldOut().stream())
        .anyMatch(Forgeries.names()::contains)) {
      metadata.put("Pseudo-fakes", pseudoFakes(data));
    }
    return metadata;
  }

  private static String pseudoFakes(RunData data) {
    return ("fakes of these kinds were made from photographs by image operations; each test pair of"
            + " a real face and its fake was %s. They stand in for real deepfakes: the metrics"
            + " compare the rows, and say little about deepfakes in the wild")
        .formatted(
            data.isDegraded()
                ? "degraded alike, as by cameras and codecs"
                : "left as it was, as in training");
  }

  private static String network(NetworkConfig network) {
    return "%s, width %s, faces of %d pixels%s, hidden %d"
        .formatted(
            network.backbone(),
            network.width(),
            network.side(),
            network.highPass() ? ", high-pass channel" : "",
            network.hidden());
  }

  private static String loss(LossConfig loss) {
    return ("lambda-dec %s, lambda-cls %s, lambda-dom %s, margin %s, power %s; lambda-mask 0 in all"
            + " rows but the one with mask loss, which the paper does not have")
        .formatted(
            loss.lambdaDec(), loss.lambdaCls(), loss.lambdaDom(), loss.margin(), loss.power());
  }

  private static String weighted(List<String> kinds, Map<String, Double> weights) {
    return kinds.stream()
        .map(kind -> weights.containsKey(kind) ? kind + "=" + weights.get(kind) : kind)
        .collect(Collectors.joining(", "));
  }
}
