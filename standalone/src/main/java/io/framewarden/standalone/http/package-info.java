/** The HTTP API of {@code framewarden serve}: hand a video in, ask for its verdict. */
package io.framewarden.standalone.http;
