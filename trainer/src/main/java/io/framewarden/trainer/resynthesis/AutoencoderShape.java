package io.framewarden.trainer.resynthesis;

import io.framewarden.trainer.backbone.Enlargement.Kind;
import java.util.List;

/**
 * What an autoencoder is made of.
 *
 * @param name of its file, without an ending
 * @param enlargement how the decoder doubles its maps
 * @param side of the gray square that goes in and comes out, pixels
 * @param halvings from the square to the bottleneck, 1 to 4
 * @param channels of the bottleneck
 * @param sharp whether a critic keeps it from giving the mean of all faces that could have been
 */
record AutoencoderShape(
    String name, Kind enlargement, int side, int halvings, int channels, boolean sharp) {

  /** Those of the set that pseudo-fakes are made with. */
  static List<AutoencoderShape> all() {
    return List.of(
        new AutoencoderShape("transposed-32x32x8", Kind.TRANSPOSED, 128, 2, 8, false),
        new AutoencoderShape("nearest-32x32x6", Kind.NEAREST, 128, 2, 6, true),
        new AutoencoderShape("shuffle-16x16x32", Kind.SHUFFLE, 128, 3, 32, true),
        new AutoencoderShape("transposed-16x16x48", Kind.TRANSPOSED, 128, 3, 48, true),
        new AutoencoderShape("shuffle-40x40x8", Kind.SHUFFLE, 160, 2, 8, false),
        new AutoencoderShape("bilinear-20x20x48", Kind.BILINEAR, 160, 3, 48, false));
  }

  /** Name of its graph's file. */
  String file() {
    return name + ".onnx";
  }
}
