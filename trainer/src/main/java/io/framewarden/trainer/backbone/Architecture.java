package io.framewarden.trainer.backbone;

import java.util.List;

/**
 * An architecture after the fixed input layer.
 *
 * @param layers first to last; gradient checkpointing keeps what lies between two of them
 * @param channels of the feature map
 * @param head beginnings of the names that published files have for what comes after the feature
 *     map, which is not part of a backbone
 */
record Architecture(List<NamedLayer> layers, int channels, List<String> head) {

  Architecture {
    layers = List.copyOf(layers);
    head = List.copyOf(head);
  }

  /**
   * What an architecture depends on.
   *
   * @param channels that come in
   * @param width factor on the channels inside
   * @param features channels of the feature map; 0 for as many as were published
   * @param side of the faces
   */
  record Input(int channels, double width, int features, int side) {}
}
