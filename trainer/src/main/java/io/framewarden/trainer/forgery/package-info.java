/**
 * Pseudo-fakes: image operations that turn real faces into fakes of several kinds, each with its
 * mask, so that a domain-labelled training set exists wherever there are real faces. They stand in
 * for real deepfakes, and reports say so wherever they give results on them.
 *
 * <p>Every operation is a pure function of its images and a seeded random generator. Images are
 * gray8, 224x224, aligned to the template in {@link io.framewarden.trainer.forgery.FaceGeometry}.
 * This is the only room of the trainer that touches OpenCV; native memory lives inside one call.
 */
package io.framewarden.trainer.forgery;
