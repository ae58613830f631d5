package io.framewarden.trainer.did;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import io.framewarden.runtime.lifecycle.Threads;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What the backward pass reads again must not lie in buffers that Java frees in between. */
class GradientMemoryTest {

  private static final int COLLECTIONS = 10;
  private static final int MAX_BYTES = 1 << 18;
  private static final NetworkConfig TINY =
      NetworkConfig.small().toBuilder().side(64).width(1.0 / 16).hidden(8).build();

  @Test
  void aCollectionBetweenForwardAndBackwardChangesNoGradient() {
    List<float[]> undisturbed = gradients(false);
    List<float[]> collected = gradients(true);
    for (int i = 0; i < undisturbed.size(); i++) {
      assertArrayEquals(undisturbed.get(i), collected.get(i), 1e-6f, "gradient " + i);
    }
  }

  /** At any moment of it, as memory that is given back is taken and overwritten by others. */
  @Test
  void collectionsAllTheWhileChangeNoGradient() throws InterruptedException {
    List<float[]> undisturbed = gradients(false);
    AtomicBoolean over = new AtomicBoolean();
    Thread collector =
        Threads.daemon(
            "collector",
            () -> {
              while (!over.get()) {
                System.gc();
                overwriteFreedMemory();
              }
            });
    collector.start();
    try {
      List<float[]> collected = gradients(false);
      for (int i = 0; i < undisturbed.size(); i++) {
        assertArrayEquals(undisturbed.get(i), collected.get(i), 0, "gradient " + i);
      }
    } finally {
      over.set(true);
      collector.join();
    }
  }

  private static List<float[]> gradients(boolean collectBetween) {
    try (DidNetwork network = DidNetwork.create(TINY, 3, 5);
        NDManager scope = network.manager().newSubManager();
        GradientMode enabled = GradientMode.enable()) {
      NDArray faces = FaceTensors.of(scope, faces(), 0, 4);
      DidOutputs outputs = network.train(faces, 0.5, new int[] {1, 2, 3, 0});
      NDArray loss = new DidLoss(LossConfig.withMasks()).of(outputs, targets()).total();
      if (collectBetween) {
        collect();
      }
      GradientMode.backward(loss);
      List<float[]> all = new ArrayList<>();
      for (Parameter parameter : network.parameters().values()) {
        if (parameter.requiresGradient() && parameter.getArray().hasGradient()) {
          all.add(parameter.getArray().getGradient().toFloatArray());
        }
      }
      assertTrue(all.size() > 20, "the network has " + all.size() + " gradients");
      return all;
    }
  }

  /** Collects often enough that the buffers of what is dead are given back and written over. */
  private static void collect() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      overwriteFreedMemory();
    }
  }

  /** Of the sizes that a step's arrays have. */
  private static void overwriteFreedMemory() {
    for (int bytes = Float.BYTES; bytes <= MAX_BYTES; bytes *= 2) {
      ByteBuffer buffer = ByteBuffer.allocateDirect(bytes);
      while (buffer.hasRemaining()) {
        buffer.putFloat(Float.NaN);
      }
    }
  }

  private static byte[][] faces() {
    byte[][] faces = new byte[4][64 * 64];
    for (int i = 0; i < faces.length; i++) {
      for (int p = 0; p < faces[i].length; p++) {
        faces[i][p] = (byte) ((p * 31 + i * 17) ^ (p >> 3));
      }
    }
    return faces;
  }

  private static LossTargets targets() {
    float[][] masks = new float[4][];
    masks[1] = new float[] {0, 1, 0.5f, 0};
    return new LossTargets(new float[] {0, 1, 0, 1}, new int[] {0, 1, 0, 2}, masks);
  }
}
