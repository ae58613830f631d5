/** Extraction against the ground truth of synthetic scenes: detected faces, tracks and cuts. */
package io.framewarden.benchmarks.faces;
