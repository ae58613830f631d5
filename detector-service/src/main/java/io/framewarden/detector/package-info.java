/** The detector: face frames in, scores and verdicts out. {@code DetectorMain} is its process. */
package io.framewarden.detector;
