/**
 * Scoring retained face frames again with another model, and what that changes. Writes to no topic.
 */
package io.framewarden.detector.replay;
