/** Child processes for work that may take its process down with it. */
package io.framewarden.detector.engine.process;
