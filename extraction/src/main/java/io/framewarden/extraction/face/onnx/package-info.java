/** Face detection by ONNX Runtime; the only room under {@code face} that touches it. */
package io.framewarden.extraction.face.onnx;
