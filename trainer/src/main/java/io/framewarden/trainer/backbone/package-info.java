/**
 * Backbones, which turn gray faces into feature maps, and the layers that heads share with them. An
 * architecture is a description, a list of {@link io.framewarden.trainer.backbone.Layer}s that say
 * once what they compute; forward pass, shapes, costs, published names and the exported graph are
 * readings of it through {@link io.framewarden.trainer.backbone.Operations}. One file per family
 * has the table of its paper.
 */
package io.framewarden.trainer.backbone;
