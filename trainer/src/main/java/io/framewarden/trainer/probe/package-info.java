/**
 * Probes: quick measurements that tell whether a model can work on video, before any deepfake is at
 * hand.
 */
package io.framewarden.trainer.probe;
