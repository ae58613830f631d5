/** {@code framewarden serve}. */
package io.framewarden.standalone.command.serve;
