/** Opens the configured face detector, as often as frames are searched at the same time. */
package io.framewarden.extraction.face.detect;
