package io.framewarden.trainer.landmark;

import io.framewarden.extraction.face.DenseLandmarks;
import io.framewarden.extraction.face.GrayImage;

/**
 * A photograph of one face with its landmarks.
 *
 * @param name the file's name, which stands for the person
 * @param image the photograph
 * @param landmarks in pixels of the photograph
 */
record LabelledFace(String name, GrayImage image, DenseLandmarks landmarks) {}
