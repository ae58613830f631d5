/** Makes releases: writes the events that running scorers follow. */
package io.framewarden.detector.release.publish;
