/** Face detection by OpenCV; the only room under {@code face} that touches it. */
package io.framewarden.extraction.face.opencv;
