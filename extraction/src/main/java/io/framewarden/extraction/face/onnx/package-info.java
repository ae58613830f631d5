/** Face detection by ONNX Runtime, which no other package of extraction uses. */
package io.framewarden.extraction.face.onnx;
