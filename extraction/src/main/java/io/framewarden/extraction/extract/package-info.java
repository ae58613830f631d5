/**
 * From a video file to face frames: which frames are looked at, and the one extraction that both
 * the Kafka path and the trainer's face archives use.
 */
package io.framewarden.extraction.extract;
