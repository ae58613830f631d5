/**
 * Assigns the faces of successive frames to tracks, one for each person; a scene cut ends them all.
 */
package io.framewarden.extraction.face.track;
