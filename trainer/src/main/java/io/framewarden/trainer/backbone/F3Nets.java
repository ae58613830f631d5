package io.framewarden.trainer.backbone;

import static io.framewarden.trainer.backbone.Nonlinearity.RELU;
import static io.framewarden.trainer.backbone.Nonlinearity.SIGMOID;
import static io.framewarden.trainer.backbone.Normalization.STANDARD;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * F3-Net (Qian, Yin, Sheng, Chen, Shao: Thinking in Frequency: Face Forgery Detection by Mining
 * Frequency-aware Clues, 2020): two Xceptions, one on images of the face's frequency bands (FAD),
 * one on local frequency statistics (LFS), which exchange features after blocks 7 and 12.
 *
 * <p>From the paper: the two branches with their fixed filters and the learnt ones beside them,
 * windows of 10 pixels at a stride of 2, six bands, two pre-trained Xceptions, where they are
 * mixed, and that their last maps are concatenated. Ours, because faces are gray or because the
 * paper does not say: the branches see one channel, with the high-pass channel, where there is one,
 * beside the bands; each stream takes the other's map through a spatial gate ({@link StreamMix}) in
 * place of the paper's softmax over products of queries and keys; the statistics' stream has its
 * first convolution at stride 1, so that both have maps of the same size; a 1x1 unit brings the
 * 4096 concatenated channels back to 2048, so that what comes after costs what it costs after
 * Xception. The paper publishes no count of parameters or operations.
 */
final class F3Nets {

  private static final int MIX_AFTER_MIDDLE = 7;
  private static final int MIX_AFTER_EXIT = 12;
  private static final int MIDDLE = 728;
  private static final int EXIT = 1024;

  private F3Nets() {}

  static Architecture f3Net(Architecture.Input input) {
    FrequencyBands bands = new FrequencyBands(input.side());
    LocalFrequencies statistics = new LocalFrequencies();
    List<NamedLayer> layers = new ArrayList<>();
    layers.add(
        new NamedLayer(
            "frequencies",
            new FrequencyStems(
                bands,
                Xceptions.first(bands.outputs() + input.channels() - 1, 2, ConvUnit.Stem.SHARED),
                statistics,
                Xceptions.first(statistics.outputs(), 1, ConvUnit.Stem.SHARED),
                input.channels())));
    List<NamedLayer> fromBands = Xceptions.trunk();
    List<NamedLayer> fromStatistics = Xceptions.trunk();
    int half = Xceptions.FIRST;
    for (int i = 0; i < fromBands.size(); i++) {
      // The trunk's layer 0 is its second convolution, layer k its block k.
      NamedLayer left = fromBands.get(i);
      layers.add(
          new NamedLayer(
              left.name(), new TwoStreams(half, left.layer(), fromStatistics.get(i).layer())));
      if (i == MIX_AFTER_MIDDLE || i == MIX_AFTER_EXIT) {
        layers.add(new NamedLayer("mix", mix(i == MIX_AFTER_MIDDLE ? MIDDLE : EXIT)));
      }
      half = outputs(left.layer(), half);
    }
    layers.add(
        new NamedLayer(
            "fuse",
            ConvUnit.of(2 * Xceptions.CHANNELS, Xceptions.CHANNELS, 1)
                .normalized(STANDARD)
                .then(RELU)
                .build()));
    return new Architecture(layers, Xceptions.CHANNELS, List.of("fc."));
  }

  private static int outputs(Layer layer, int inputs) {
    Shape any = new Shape(1, inputs, 16, 16);
    return (int) layer.outputShape(any).get(1);
  }

  private static StreamMix mix(int channels) {
    return new StreamMix(
        ConvUnit.of(2 * channels, 1, 1).normalized(STANDARD).then(SIGMOID).build(),
        ConvUnit.of(channels, channels, 1).depthwise().normalized(STANDARD).build(),
        ConvUnit.of(channels, channels, 1).depthwise().normalized(STANDARD).build());
  }
}
