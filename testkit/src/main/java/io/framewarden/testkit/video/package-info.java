/**
 * Synthetic media: videos of drawn faces that a real detector finds, the same bytes each time, so
 * that tests and benchmarks need no footage of people.
 *
 * <p>{@link io.framewarden.testkit.video.SyntheticVideo} writes simple videos by one call; {@link
 * io.framewarden.testkit.video.SyntheticScene} has ground truth: who is where at every time. Both
 * draw {@link io.framewarden.testkit.video.DrawnFace}s on a {@link
 * io.framewarden.testkit.video.DrawnFrame} and encode through a {@link
 * io.framewarden.testkit.video.VideoWriter} in a {@link io.framewarden.testkit.video.VideoFormat}.
 */
package io.framewarden.testkit.video;
