/** Aligns faces to the square that models take, and grades their quality. */
package io.framewarden.extraction.face.align;
