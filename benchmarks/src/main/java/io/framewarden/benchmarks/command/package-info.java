/** The {@code bench} commands. */
package io.framewarden.benchmarks.command;
