/**
 * Child processes for work that may take its process down with it: how they are started, confined,
 * watched and ended. Folders for files that must not outlive a process, however it ends, and that
 * nobody else may write to; what others' native libraries are told before they are loaded.
 */
package io.framewarden.runtime.process;
