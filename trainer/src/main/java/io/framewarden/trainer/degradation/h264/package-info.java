/**
 * A short clip through a real H.264 encoder and decoder and back, in memory. The only room of the
 * trainer that touches FFmpeg.
 */
package io.framewarden.trainer.degradation.h264;
