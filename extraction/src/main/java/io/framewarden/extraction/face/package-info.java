/**
 * Faces in luma frames: the detector's interface and configuration, boxes and landmarks, scaling
 * and sampling of pixels. Pure Java; its subpackages detect ({@code detect}, {@code opencv}, {@code
 * onnx}), track ({@code track}) and align ({@code align}).
 */
package io.framewarden.extraction.face;
