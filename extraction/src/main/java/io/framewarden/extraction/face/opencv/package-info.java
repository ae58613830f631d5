/** Face detection by OpenCV, which no other package of extraction uses. */
package io.framewarden.extraction.face.opencv;
