package io.framewarden.trainer.training;

import ai.djl.Device;
import io.framewarden.trainer.did.LossConfig;
import io.framewarden.trainer.did.NetworkConfig;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Recipes and data small enough for a test: 64-pixel noise faces, fakes with a bright square. */
public final class TinyRuns {

  public static final int SIDE = 64;
  public static final List<String> DOMAINS = List.of("real", "left", "right");
  public static final NetworkConfig NETWORK =
      NetworkConfig.small().toBuilder().side(SIDE).width(1.0 / 16).hidden(8).build();
  public static final OptimizerConfig OPTIMIZER =
      OptimizerConfig.fromScratch().toBuilder()
          .learningRate(3e-3)
          .weightDecay(1e-3)
          .beta2(0.99)
          .warmupSteps(2)
          .finalFactor(0.5)
          .build();
  public static final List<Device> CPU = List.of(Device.cpu());

  private TinyRuns() {}

  public static TrainingConfig recipe(long steps, long checkpointEvery) {
    return recipe(NETWORK, LossConfig.withMasks(), steps, checkpointEvery);
  }

  public static TrainingConfig recipe(
      NetworkConfig network, LossConfig loss, long steps, long checkpointEvery) {
    TrainingSchedule schedule = new TrainingSchedule(steps, 1, 8, checkpointEvery, 7);
    return new TrainingConfig(network, loss, OPTIMIZER, schedule);
  }

  /** The batch of a step, a function of the step alone. */
  public static FaceBatch batch(long step) {
    Random random = new Random(1_000 + step);
    int size = 8;
    byte[][] faces = new byte[size][];
    byte[][] masks = new byte[size][];
    float[] labels = new float[size];
    int[] domains = new int[size];
    for (int i = 0; i < size; i++) {
      domains[i] = i % 4 < 2 ? 0 : i % 4 - 1;
      labels[i] = domains[i] > 0 ? 1 : 0;
      faces[i] = noise(random);
      if (domains[i] > 0) {
        masks[i] = square(domains[i] == 1 ? 8 : 40);
        for (int p = 0; p < faces[i].length; p++) {
          faces[i][p] = masks[i][p] == 0 ? faces[i][p] : (byte) (200 + random.nextInt(20));
        }
      }
    }
    return new FaceBatch(faces, labels, domains, masks, names(size, step), pairs(size));
  }

  /** Neighbours are a pair. */
  private static List<String> pairs(int size) {
    return IntStream.range(0, size).mapToObj(i -> "person " + i / 2).toList();
  }

  private static List<String> names(int size, long step) {
    return IntStream.range(0, size).mapToObj(i -> "face %d of step %d".formatted(i, step)).toList();
  }

  private static byte[] noise(Random random) {
    byte[] face = new byte[SIDE * SIDE];
    for (int i = 0; i < face.length; i++) {
      face[i] = (byte) (80 + random.nextInt(40));
    }
    return face;
  }

  private static byte[] square(int left) {
    byte[] mask = new byte[SIDE * SIDE];
    for (int row = 20; row < 44; row++) {
      for (int column = left; column < left + 16; column++) {
        mask[row * SIDE + column] = (byte) 255;
      }
    }
    return mask;
  }
}
