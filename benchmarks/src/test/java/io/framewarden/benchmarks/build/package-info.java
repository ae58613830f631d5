/** What must hold of the whole tree and of what its build makes: this module sees all others. */
package io.framewarden.benchmarks.build;
