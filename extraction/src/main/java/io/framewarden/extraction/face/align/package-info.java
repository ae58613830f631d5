/** Cuts faces out of frames into the aligned square that models take, and grades their quality. */
package io.framewarden.extraction.face.align;
