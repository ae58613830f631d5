package io.framewarden.trainer.did;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.training.ParameterStore;
import io.framewarden.trainer.backbone.ConvUnit;
import io.framewarden.trainer.backbone.Dense;
import io.framewarden.trainer.backbone.Layer;
import io.framewarden.trainer.backbone.Nonlinearity;
import io.framewarden.trainer.backbone.Operations;
import java.util.ArrayList;
import java.util.List;

/**
 * The estimator T with parameters phi: I_df and I_os, concatenated on channels (n, 2c, h, w), to
 * one real number each (n), high where T holds the two for parts of one face. Three 3x3
 * convolutions with ReLU and one fully connected layer.
 */
final class MutualInformation extends Layer {

  private static final int CONVOLUTIONS = 3;
  private static final int KERNEL = 3;

  private final List<ConvUnit> convolutions = new ArrayList<>();
  private final Dense last;

  /**
   * An estimator whose parameters are still to be initialised.
   *
   * @param channels of one feature map; the input has twice as many
   * @param cells of one feature map, h * w
   * @param hidden channels between the convolutions
   */
  MutualInformation(int channels, int cells, int hidden) {
    int inputs = 2 * channels;
    for (int i = 0; i < CONVOLUTIONS; i++) {
      ConvUnit.Builder convolution = ConvUnit.of(inputs, hidden, KERNEL);
      convolutions.add(part("conv", convolution.biased().then(Nonlinearity.RELU).build()));
      inputs = hidden;
    }
    last = part("last", new Dense(hidden * cells, 1));
  }

  @Override
  public <V> V describe(Operations<V> operations, V pair) {
    V x = pair;
    for (ConvUnit convolution : convolutions) {
      x = convolution.describe(operations, x);
    }
    return operations.squeeze(last.describe(operations, operations.flatten(x)));
  }

  /**
   * T on the joint pairs and, after them, on the marginal pairs: (2n), or (n) without partners.
   *
   * @param store where the parameters are read from
   * @param forged I_df, whose gradient is reversed on the way back, like that of {@code rest}
   * @param rest I_os
   * @param beta strength of the reversal
   * @param partners for each face the face that its I_os is taken from in a marginal pair; empty
   *     for no marginal pairs
   */
  NDArray estimates(
      ParameterStore store, NDArray forged, NDArray rest, double beta, int[] partners) {
    NDArray reversedForged = GradientReversal.apply(forged, beta);
    NDArray reversedRest = GradientReversal.apply(rest, beta);
    NDArray joint = NDArrays.concat(new NDList(reversedForged, reversedRest), 1);
    if (partners.length == 0) {
      return apply(store, joint, true);
    }
    NDArray order = forged.getManager().create(partners);
    NDArray others = reversedRest.get(new NDIndex("{}", order));
    NDArray marginal = NDArrays.concat(new NDList(reversedForged, others), 1);
    return apply(store, NDArrays.concat(new NDList(joint, marginal), 0), true);
  }
}
