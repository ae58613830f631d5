/** {@code framewarden token}: who may upload. */
package io.framewarden.standalone.command.token;
