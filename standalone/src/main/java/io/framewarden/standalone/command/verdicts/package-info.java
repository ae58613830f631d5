/** {@code framewarden verdicts}, and verdicts as text. */
package io.framewarden.standalone.command.verdicts;
