/** Files that took long to build from something else, kept on disk and never used for another. */
package io.framewarden.detector.engine.cache;
