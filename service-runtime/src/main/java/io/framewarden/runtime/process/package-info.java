/**
 * Child processes for work that may take its process down with it: how they are started, confined,
 * watched and ended.
 */
package io.framewarden.runtime.process;
