/**
 * What an inference engine is: faces in, raw logits and attention maps out. Engines live in rooms
 * of their own below this one, and only those may touch a framework.
 */
package io.framewarden.detector.engine;
