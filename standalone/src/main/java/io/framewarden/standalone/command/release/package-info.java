/** {@code framewarden release}: which model scores. */
package io.framewarden.standalone.command.release;
