/** Extraction against the truth of made scenes: what each face detector finds, and who is who. */
package io.framewarden.benchmarks.faces;
