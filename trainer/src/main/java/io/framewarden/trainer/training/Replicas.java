package io.framewarden.trainer.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import io.framewarden.runtime.lifecycle.Threads;
import io.framewarden.trainer.did.DidNetwork;
import io.framewarden.trainer.did.GradientMode;
import io.framewarden.trainer.did.TensorValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * A network and its copies on other devices, which share the work of each batch (data parallelism):
 * every copy takes a part of it, the gradients are averaged into the first network, whose update is
 * then spread. Batch statistics, pairs of the AUC loss and partners of the MI estimate are those of
 * a part. Owns the copies and a thread for each device; the first network stays the caller's.
 */
final class Replicas implements AutoCloseable {

  private final DidNetwork first;
  private final List<DidNetwork> copies = new ArrayList<>();
  private final List<BackwardPass> passes = new ArrayList<>();
  private final ExecutorService threads;

  /**
   * Copies a network.
   *
   * @param others a device for each copy; may be none
   */
  Replicas(DidNetwork first, TrainingConfig config, List<Device> others) {
    this.first = first;
    passes.add(new BackwardPass(first, config));
    for (Device device : others) {
      DidNetwork copy = DidNetwork.create(first.config(), first.domains(), config.seed(), device);
      copies.add(copy);
      passes.add(new BackwardPass(copy, config));
    }
    threads = Threads.daemonPool("replica", passes.size());
    spread();
  }

  /**
   * Computes the gradients of a batch, into the first network.
   *
   * @return the terms of the loss, averaged over the batch
   * @throws NonFiniteLossException before anything is updated
   */
  Map<String, Float> backward(long step, FaceBatch batch) {
    List<FaceBatch> parts = batch.parts(passes.size());
    if (parts.size() == 1) {
      return passes.get(0).run(step, 0, batch);
    }
    List<Map<String, Float>> losses = inParallel(step, parts);
    double[] shares = parts.stream().mapToDouble(p -> (double) p.size() / batch.size()).toArray();
    gather(shares);
    Map<String, Float> mean = new LinkedHashMap<>();
    for (int i = 0; i < shares.length; i++) {
      double share = shares[i];
      losses.get(i).forEach((term, loss) -> mean.merge(term, (float) (share * loss), Float::sum));
    }
    return mean;
  }

  private List<Map<String, Float>> inParallel(long step, List<FaceBatch> parts) {
    List<Future<Map<String, Float>>> running = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      int part = i;
      running.add(threads.submit(() -> passes.get(part).run(step, part, parts.get(part))));
    }
    List<Map<String, Float>> losses = new ArrayList<>();
    RuntimeException failure = null;
    for (Future<Map<String, Float>> each : running) {
      try {
        // Native work cannot be left in the middle.
        losses.add(Threads.awaitUninterruptibly(each::get));
      } catch (ExecutionException e) {
        failure = Threads.unchecked(e);
      }
    }
    if (failure != null) {
      throw failure;
    }
    return losses;
  }

  /** Averages gradients and running statistics into the first network. */
  private void gather(double[] shares) {
    try (GradientMode disabled = GradientMode.disable()) {
      first.parameters().forEach((path, parameter) -> gather(path, parameter, shares));
    }
  }

  private void gather(String path, Parameter parameter, double[] shares) {
    if (!parameter.requiresGradient()) {
      // Running statistics.
      add(parameter.getArray(), path, shares, false);
    } else if (parameter.getArray().hasGradient()) {
      try (NDArray gradient = parameter.getArray().getGradient()) {
        add(gradient, path, shares, true);
      }
    }
  }

  private void add(NDArray sum, String path, double[] shares, boolean gradients) {
    sum.muli(shares[0]);
    for (int i = 1; i < shares.length; i++) {
      NDArray array = copies.get(i - 1).parameters().get(path).getArray();
      NDArray part = gradients ? array.getGradient() : array;
      try (NDArray here = TensorValues.copyOn(sum.getDevice(), part);
          NDArray weighted = here.mul(shares[i])) {
        sum.addi(weighted);
      } finally {
        if (gradients) {
          part.close();
        }
      }
    }
  }

  /** Gives the first network's parameters to the copies, whose gradients are gone with that. */
  void spread() {
    for (DidNetwork copy : copies) {
      first
          .parameters()
          .forEach(
              (path, parameter) ->
                  TensorValues.copy(parameter.getArray(), copy.parameters().get(path).getArray()));
    }
  }

  @Override
  public void close() {
    threads.shutdown();
    copies.forEach(DidNetwork::close);
  }
}
