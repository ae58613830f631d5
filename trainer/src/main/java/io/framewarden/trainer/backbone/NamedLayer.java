package io.framewarden.trainer.backbone;

/**
 * A layer under a name, which becomes a part of its parameters' paths.
 *
 * @param name in camel case
 * @param layer the layer
 */
public record NamedLayer(String name, Layer layer) {}
