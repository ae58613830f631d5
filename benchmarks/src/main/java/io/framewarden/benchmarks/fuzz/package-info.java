/** Fuzzing: thousands of damaged uploads through the extraction of a service. */
package io.framewarden.benchmarks.fuzz;
