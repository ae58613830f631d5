/**
 * Gray images of any size as OpenCV takes them, and the operations that forgeries, degradation and
 * robustness share. With detection the only room that decides how pixels are filtered.
 */
package io.framewarden.trainer.image;
