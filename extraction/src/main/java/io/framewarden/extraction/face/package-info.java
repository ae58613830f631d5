/**
 * From a luma frame to aligned faces: the detector's interface, the tracker, the alignment, and the
 * recipe whose digest names all of it. Pure Java; OpenCV and ONNX Runtime stay in the sub-rooms
 * {@code opencv} and {@code onnx}.
 */
package io.framewarden.extraction.face;
