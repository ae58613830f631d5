/** Test media: videos made by the tests, with drawn faces that a real detector finds. */
package io.framewarden.ingest.media;
