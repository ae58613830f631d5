package io.framewarden.trainer.backbone;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.List;

/**
 * What a network costs, counted on its description.
 *
 * @param parameters learnt numbers; running statistics are none
 * @param multiplyAdds of all convolutions, fully connected layers and transforms for one face, a
 *     multiplication and its addition counted as one. Many sources call this number FLOPs
 */
public record Cost(long parameters, long multiplyAdds) {

  /** Counts layers, one after the other, on an input of one image (1, channels, side, side). */
  public static Cost of(List<Layer> layers, Shape input) {
    Counter counter = new Counter();
    Shape shape = input;
    long parameters = 0;
    for (Layer layer : layers) {
      shape = layer.describe(counter, shape);
      for (Parameter parameter : layer.getParameters().values()) {
        parameters += parameter.requiresGradient() ? parameter.getShape().size() : 0;
      }
    }
    return new Cost(parameters, counter.multiplyAdds);
  }

  /** The costs of both. */
  public Cost plus(Cost other) {
    return new Cost(parameters + other.parameters, multiplyAdds + other.multiplyAdds);
  }

  private static final class Counter extends ShapeOperations {
    private long multiplyAdds;

    @Override
    public Shape convolution(ConvUnit unit, Shape x) {
      Shape result = super.convolution(unit, x);
      long each = (long) unit.inputs() / unit.groups() * unit.kernel() * unit.kernel();
      multiplyAdds += result.size() * each;
      return result;
    }

    @Override
    public Shape enlarge(Enlargement layer, Shape x) {
      boolean learns = layer.weight().isPresent();
      long each = learns ? (long) Enlargement.KERNEL * Enlargement.KERNEL * layer.outputs() : 0;
      multiplyAdds += x.size() * each;
      return super.enlarge(layer, x);
    }

    @Override
    public Shape dense(Dense layer, Shape x) {
      multiplyAdds += (long) layer.inputs() * layer.outputs();
      return super.dense(layer, x);
    }

    @Override
    public Shape frequencyBands(FrequencyBands layer, Shape gray) {
      // Two products of side x side matrices there, and two for each band back.
      long product = layer.side() * (long) layer.side() * layer.side();
      multiplyAdds += 2 * product * (1 + layer.outputs());
      return super.frequencyBands(layer, gray);
    }

    @Override
    public Shape localFrequencies(LocalFrequencies layer, Shape gray) {
      Shape result = super.localFrequencies(layer, gray);
      long places = result.get(2) * result.get(3);
      multiplyAdds += places * LocalFrequencies.COEFFICIENTS * LocalFrequencies.COEFFICIENTS;
      multiplyAdds += places * LocalFrequencies.COEFFICIENTS * layer.outputs();
      return result;
    }
  }
}
