/** Commands on what the topics hold: {@code dead-letters} and {@code replay}. */
package io.framewarden.standalone.command.data;
