/**
 * Child processes for work that may take its process down with it: how they are started, confined,
 * watched and ended. Folders for files that must not outlive a process, however it ends.
 */
package io.framewarden.runtime.process;
