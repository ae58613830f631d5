/** What DJL's engines have in common: faces to tensors, tensors to scores, and who closes what. */
package io.framewarden.detector.engine.djl;
