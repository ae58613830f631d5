/**
 * Backbones: what turns gray faces into feature maps. A backbone is a DJL block that knows how many
 * channels it gives and by how much it shrinks the picture; everything after it adapts to that.
 */
package io.framewarden.trainer.backbone;
