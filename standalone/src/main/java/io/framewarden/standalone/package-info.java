/** The {@code framewarden} command. */
package io.framewarden.standalone;
