/**
 * Pseudo-fakes: image operations that turn photographs of faces into fakes of several kinds, each
 * with its mask, so that a domain-labelled training set exists wherever there are real faces. They
 * stand in for real deepfakes, and reports say so wherever they give results on them.
 *
 * <p>Every operation is a pure function of its images and a seeded random generator, at the
 * photograph's own size, placed by dense landmarks. Images are gray8; native memory lives inside
 * one call.
 */
package io.framewarden.trainer.forgery;
