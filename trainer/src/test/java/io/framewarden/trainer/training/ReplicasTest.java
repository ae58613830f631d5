package io.framewarden.trainer.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import io.framewarden.trainer.did.DidNetwork;
import io.framewarden.trainer.did.LossConfig;
import io.framewarden.trainer.did.NetworkConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Several "devices" of one CPU share the work as GPUs would. */
class ReplicasTest {
  // Partners are drawn for each part on its own: without T the parts of a doubled batch are equal.
  private static final NetworkConfig NETWORK = TinyRuns.NETWORK.withoutMutualInformation();

  @Test
  void twoDevicesWithTheSameFacesTrainAsOneDoes() {
    FaceBatch once = TinyRuns.batch(3);
    FaceBatch twice = doubled(once);
    List<Map<String, Float>> alone = new ArrayList<>();
    List<Map<String, Float>> shared = new ArrayList<>();
    float[] one = logits(once, List.of(), alone);
    float[] two = logits(twice, List.of(Device.cpu()), shared);
    assertArrayEquals(one, two, 1e-5f);
    for (int step = 0; step < alone.size(); step++) {
      for (String term : alone.get(step).keySet()) {
        assertEquals(alone.get(step).get(term), shared.get(step).get(term), 1e-5f, term);
      }
    }
    assertTrue(alone.get(4).get("total") < alone.get(0).get("total"), alone.toString());
  }

  @Test
  void partsAreOfWholePairsAndLoseNobody() {
    FaceBatch batch = TinyRuns.batch(0);
    assertEquals(List.of(8), sizes(batch.parts(1)));
    assertEquals(List.of(2, 2, 4), sizes(batch.parts(3)));
    assertEquals(List.of(2, 2, 2, 2), sizes(batch.parts(9)));
    List<String> named = new ArrayList<>();
    batch.parts(3).forEach(part -> named.addAll(part.sources()));
    assertEquals(batch.sources(), named);
  }

  @Test
  void unknownAndMissingDevicesAreNamed() {
    assertEquals(2, TrainingDevices.parse(List.of("cpu", "cpu")).size());
    assertThrows(IllegalArgumentException.class, () -> TrainingDevices.parse(List.of("tpu")));
    IllegalArgumentException missing =
        assertThrows(
            IllegalArgumentException.class, () -> TrainingDevices.parse(List.of("cuda:99")));
    assertTrue(missing.getMessage().contains("cuda:99"), missing.getMessage());
  }

  private static float[] logits(
      FaceBatch batch, List<Device> others, List<Map<String, Float>> losses) {
    TrainingConfig config =
        new TrainingConfig(
            NETWORK,
            LossConfig.withMasks(),
            TinyRuns.OPTIMIZER,
            new TrainingSchedule(5, 1, batch.size(), 5, 7));
    try (DidNetwork network = DidNetwork.create(NETWORK, 3, 7);
        TrainingSteps steps = new TrainingSteps(network, config, others)) {
      for (long step = 0; step < config.steps(); step++) {
        losses.add(steps.step(step, batch));
      }
      return new TrainedDid(network, config, TinyRuns.DOMAINS, 5)
          .scorer()
          .score(TinyRuns.batch(9).faces())
          .logits();
    }
  }

  private static FaceBatch doubled(FaceBatch batch) {
    byte[][] faces = Arrays.copyOf(batch.faces(), 2 * batch.size());
    byte[][] masks = Arrays.copyOf(batch.masks(), 2 * batch.size());
    float[] labels = Arrays.copyOf(batch.labels(), 2 * batch.size());
    int[] domains = Arrays.copyOf(batch.domains(), 2 * batch.size());
    for (int i = 0; i < batch.size(); i++) {
      faces[batch.size() + i] = faces[i];
      masks[batch.size() + i] = masks[i];
      labels[batch.size() + i] = labels[i];
      domains[batch.size() + i] = domains[i];
    }
    List<String> names = new ArrayList<>(batch.origins());
    names.addAll(batch.origins());
    return new FaceBatch(faces, labels, domains, masks, names, names);
  }

  private static List<Integer> sizes(List<FaceBatch> parts) {
    return parts.stream().map(FaceBatch::size).toList();
  }
}
