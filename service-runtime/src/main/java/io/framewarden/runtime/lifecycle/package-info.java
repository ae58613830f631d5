/** Starting, watching and stopping the parts of a process. */
package io.framewarden.runtime.lifecycle;
