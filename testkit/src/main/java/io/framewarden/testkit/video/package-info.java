/**
 * Made media: videos of drawn faces that a real detector finds, the same bytes each time.
 * Benchmarks and tests use them, so that neither needs footage of people.
 */
package io.framewarden.testkit.video;
