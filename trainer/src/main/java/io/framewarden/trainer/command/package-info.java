/**
 * The trainer's commands: {@code faces}, {@code dataset}, {@code train}, {@code evaluate}, {@code
 * export}, {@code calibrate}, {@code model}. They parse, call the other rooms and print: results to
 * standard output, everything else to standard error, every foreseeable failure as one line that
 * says what to do.
 */
package io.framewarden.trainer.command;
