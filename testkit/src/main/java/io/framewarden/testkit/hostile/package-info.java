/**
 * Files as an attacker would upload them: scripts that name other files, decompression bombs, false
 * sizes, durations and frame rates, external references. {@link
 * io.framewarden.testkit.hostile.HostileFiles} writes the set; each points, by whatever means its
 * format has, at a {@link io.framewarden.testkit.hostile.Canary}.
 */
package io.framewarden.testkit.hostile;
