/** From the configuration to the engine that scores, with the reason of the choice. */
package io.framewarden.detector.engine.selection;
