/** {@code framewarden fetch}: published weights, checked before they are used. */
package io.framewarden.standalone.command.fetch;
