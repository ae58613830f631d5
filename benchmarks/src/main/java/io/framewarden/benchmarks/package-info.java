/** Benchmarks of the whole pipeline: figures by name, measured in one run. */
package io.framewarden.benchmarks;
