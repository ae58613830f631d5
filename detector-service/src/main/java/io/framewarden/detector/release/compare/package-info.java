/** The model in the shadow against the active one, from the scores that both left on topics. */
package io.framewarden.detector.release.compare;
