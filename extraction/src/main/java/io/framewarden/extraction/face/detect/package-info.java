/** Opens the configured face detector, one for each frame that is searched at the same time. */
package io.framewarden.extraction.face.detect;
