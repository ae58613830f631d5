/** Benchmarks of the whole pipeline: measurements by name, taken in one run. */
package io.framewarden.benchmarks;
