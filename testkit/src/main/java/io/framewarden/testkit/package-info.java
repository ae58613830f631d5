/**
 * What the tests of several modules share, and nothing of the product: this module knows the
 * contracts ({@code schemas}) and no other module. It is in test scope everywhere except in {@code
 * benchmarks}; no product jar contains it.
 *
 * <ul>
 *   <li>{@link io.framewarden.testkit.video}: synthetic videos and scenes of drawn faces.
 *   <li>{@link io.framewarden.testkit.hostile}: files as an attacker uploads them, and a canary
 *       that sees whether anything follows where they point.
 *   <li>{@link io.framewarden.testkit.broker}, {@link io.framewarden.testkit.s3}: a real Kafka
 *       broker and a real S3 server inside the test's process.
 *   <li>this package: a command line run in process, a disk that gets full, a strict reader of
 *       Prometheus text, and where the default model and optional data sets are.
 * </ul>
 *
 * <p>Extensions that a test registers ({@link io.framewarden.testkit.SmallDisk}, {@link
 * io.framewarden.testkit.s3.S3TestServer}) set up and clean up around each test. Everything is
 * deterministic: the same call writes the same bytes.
 */
package io.framewarden.testkit;
