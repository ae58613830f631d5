/**
 * The trainer's commands: {@code train}, {@code evaluate}, {@code export}, {@code reproduce}. They
 * wire the other rooms together, keep a run's record on disk, and turn every foreseeable failure
 * into one line that says what to do. Results go to standard output, everything else to standard
 * error.
 */
package io.framewarden.trainer.command;
