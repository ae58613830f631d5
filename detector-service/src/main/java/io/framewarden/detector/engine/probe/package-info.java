/** Finding out, in a child process, whether an engine works on this machine. */
package io.framewarden.detector.engine.probe;
