/**
 * From a video file to face frames: sampling, and the one extraction that both the ingest service
 * and the trainer's face archives use.
 *
 * <p>{@link io.framewarden.extraction.extract.FaceExtractor} decodes by a {@code SampledVideo},
 * lets a {@code FramePrefetcher} decode ahead and search several frames at a time, fills in tracks
 * by {@code FrameTracks} and aligns by a {@code FaceFrameFactory}. One {@code SampledFrame} goes
 * through all of it.
 */
package io.framewarden.extraction.extract;
