/** {@code framewarden decide}: a moderator's decision from the command line. */
package io.framewarden.standalone.command.decide;
