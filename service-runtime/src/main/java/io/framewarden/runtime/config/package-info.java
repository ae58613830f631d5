/** Configuration from environment variables, with every mistake reported at once. */
package io.framewarden.runtime.config;
