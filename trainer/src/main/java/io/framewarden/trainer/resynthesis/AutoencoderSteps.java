package io.framewarden.trainer.resynthesis;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.framewarden.trainer.did.GradientMode;
import io.framewarden.trainer.did.TensorValues;
import io.framewarden.trainer.training.Adam;
import io.framewarden.trainer.training.NonFiniteLossException;
import io.framewarden.trainer.training.OptimizerConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Trains an autoencoder by steps: mean distance of the levels (128 are 1) and of the differences of
 * neighbours, and for a sharp one, from a third of the steps on, the hinge loss of a critic that
 * learns beside it. Owns critic and moments until closed; the network stays the caller's.
 */
final class AutoencoderSteps implements AutoCloseable {
  private static final double CRITIC_RATE = 5e-4;

  /** Weight of the critic's judgement. */
  private static final double JUDGEMENT = 0.03;

  private final AutoencoderNet net;
  private final AutoencoderNet critic;
  private final Adam adam;
  private final Adam criticAdam;
  private final NDManager manager;
  private final AutoencoderShape shape;
  private final long steps;

  AutoencoderSteps(AutoencoderNet net, AutoencoderShape shape, AutoencoderConfig config) {
    this.net = net;
    this.shape = shape;
    steps = config.steps();
    manager = net.manager().newSubManager();
    critic = AutoencoderNet.critic(shape.side(), config.seed());
    adam = adam(net, config.learningRate());
    criticAdam = adam(critic, CRITIC_RATE);
  }

  private Adam adam(AutoencoderNet trained, double rate) {
    OptimizerConfig optimizer =
        OptimizerConfig.fromScratch().toBuilder()
            .learningRate(rate)
            .weightDecay(0)
            .warmupSteps(Math.min(50, steps / 10))
            .build();
    return new Adam(optimizer, steps, trained.parameters(), manager);
  }

  /**
   * Trains on one batch.
   *
   * @param parts squares of {@link SquareSource#partSide} pixels, gray 0..255, one after the other
   * @return the terms of the loss by name, and their sum as {@code total}
   * @throws NonFiniteLossException before anything is updated
   */
  Map<String, Float> step(long step, float[] parts) {
    int side = SquareSource.partSide(shape.side());
    int count = parts.length / side / side;
    boolean judged = shape.sharp() && step >= steps / 3;
    try (NDManager scope = manager.newSubManager();
        GradientMode enabled = GradientMode.enable()) {
      // Channels last in memory, as the convolutions keep it: several times faster.
      NDArray gray = TensorValues.of(scope, parts, new Shape(count, side, side, 1));
      NDArray target = gray.transpose(0, 3, 1, 2).div(127.5f).sub(1);
      NDArray made = net.learn(target);
      Map<String, NDArray> terms = new LinkedHashMap<>();
      NDArray error = made.sub(target);
      terms.put("levels", error.abs().mean());
      terms.put("neighbours", neighbours(error));
      if (judged) {
        terms.put("judgement", TensorValues.times(critic.learn(made).mean(), -JUDGEMENT));
      }
      NDArray total = terms.values().stream().reduce(NDArray::add).orElseThrow();
      Map<String, Float> losses = new LinkedHashMap<>();
      terms.forEach((name, term) -> losses.put(name, term.getFloat()));
      losses.put("total", total.getFloat());
      if (!Float.isFinite(losses.get("total"))) {
        throw new NonFiniteLossException(
            step, "total", losses.get("total"), List.of("the whole batch"));
      }
      GradientMode.backward(total);
      adam.step(step);
      if (judged) {
        learnToJudge(step, target, made.stopGradient());
      }
      return losses;
    }
  }

  private void learnToJudge(long step, NDArray photographs, NDArray made) {
    criticAdam.clearGradients();
    NDArray ofPhotographs = Activation.relu(critic.learn(photographs).neg().add(1));
    NDArray ofMade = Activation.relu(critic.learn(made).add(1));
    GradientMode.backward(ofPhotographs.mean().add(ofMade.mean()));
    criticAdam.step(step);
  }

  /** The mean distance of the differences of neighbours, across and down. */
  private static NDArray neighbours(NDArray error) {
    NDArray across = error.get(":, :, :, 1:").sub(error.get(":, :, :, :-1"));
    NDArray down = error.get(":, :, 1:, :").sub(error.get(":, :, :-1, :"));
    return across.abs().mean().add(down.abs().mean());
  }

  /** Frees critic and moments. */
  @Override
  public void close() {
    manager.close();
    critic.close();
  }
}
