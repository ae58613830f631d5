/** Compares the shadow model with the active one by the scores that both left on topics. */
package io.framewarden.detector.release.compare;
