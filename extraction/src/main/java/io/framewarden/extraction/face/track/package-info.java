/** Assigns the faces of successive frames to tracks, one a person; a scene cut ends them all. */
package io.framewarden.extraction.face.track;
