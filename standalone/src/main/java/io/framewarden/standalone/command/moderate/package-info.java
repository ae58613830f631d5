/** {@code framewarden moderate}: verdicts on files. */
package io.framewarden.standalone.command.moderate;
