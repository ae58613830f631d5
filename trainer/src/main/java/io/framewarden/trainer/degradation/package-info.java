/**
 * What cameras, uploads and codecs do to a face on its way to a model, real and fake alike: sizes,
 * tone, blur, noise, JPEG, and real H.264. Pure functions of an image and a seeded draw.
 */
package io.framewarden.trainer.degradation;
