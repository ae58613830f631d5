package io.framewarden.trainer.backbone;

import static io.framewarden.trainer.backbone.Nonlinearity.RELU;
import static io.framewarden.trainer.backbone.Normalization.STANDARD;

import java.util.ArrayList;
import java.util.List;

/**
 * VGG-16 (Simonyan, Zisserman: Very Deep Convolutional Networks for Large-Scale Image Recognition,
 * 2014, table 1, column D) with batch normalisation, which came after the paper: biased 3x3
 * convolutions, and a 2x2 maximum after each of the five stages.
 */
final class Vggs {

  private static final int[][] STAGES = {
    {64, 64}, {128, 128}, {256, 256, 256}, {512, 512, 512}, {512, 512, 512}
  };

  private Vggs() {}

  static Architecture vgg16(Architecture.Input input) {
    List<NamedLayer> layers = new ArrayList<>();
    int previous = input.channels();
    // Published files number convolutions, normalisations, nonlinearities and pools in one row.
    int place = 0;
    for (int[] stage : STAGES) {
      for (int outputs : stage) {
        ConvUnit.Builder unit =
            ConvUnit.of(previous, outputs, 3)
                .biased()
                .normalized(STANDARD)
                .then(RELU)
                .published("features." + place, "features." + (place + 1));
        layers.add(
            new NamedLayer("unit", (place == 0 ? unit.stem(ConvUnit.Stem.GRAY) : unit).build()));
        previous = outputs;
        place += 3;
      }
      layers.add(new NamedLayer("pool", new MaxPool(2, 2, 0)));
      place++;
    }
    return new Architecture(layers, previous, List.of("classifier.", "pre_logits.", "head."));
  }
}
