/**
 * Photographs of faces at their own size with dense landmarks: how an archive keeps them, and what
 * the landmarks say of a face.
 */
package io.framewarden.trainer.photograph;
