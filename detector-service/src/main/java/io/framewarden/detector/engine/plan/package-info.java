/** What a compiled TensorRT plan is good for, and where plans are kept. No GPU is needed here. */
package io.framewarden.detector.engine.plan;
