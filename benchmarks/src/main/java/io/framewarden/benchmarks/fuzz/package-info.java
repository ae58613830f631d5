/** Damaged and lying uploads by the thousand, through the same extraction as a service's. */
package io.framewarden.benchmarks.fuzz;
