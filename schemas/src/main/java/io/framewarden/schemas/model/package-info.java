/**
 * The model artifact: a folder with {@code model.onnx}, {@code manifest.json}, golden faces with
 * their expected logits, and a report. The manifest names every other file with its sha256, and the
 * manifest's own sha256 is the model digest. The trainer writes artifacts; detectors open them.
 */
package io.framewarden.schemas.model;
