/** The {@code framewarden} command: one class a subcommand, and how their answers look. */
package io.framewarden.standalone.command;
