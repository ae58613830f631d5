/**
 * Backbones: what turns gray faces into feature maps. An architecture is a description, a list of
 * {@link io.framewarden.trainer.backbone.GraphLayer}s that say once what they compute; forward
 * pass, shapes, costs, published names and the exported graph are readings of it through {@link
 * io.framewarden.trainer.backbone.Operations}. One file per family has the table of its paper.
 */
package io.framewarden.trainer.backbone;
