/**
 * Decoding by FFmpeg, which no other package uses: opens a local file under whitelists and limits,
 * decodes its video stream frame by frame, and converts frames to upright full-range luma.
 *
 * <p>A {@link io.framewarden.extraction.ffmpeg.VideoReader} owns a {@code Demuxer} and a {@code
 * Decoder}; checks that need no decoding come first ({@link
 * io.framewarden.extraction.ffmpeg.ContainerSignature}, {@code FileCheck}).
 */
package io.framewarden.extraction.ffmpeg;
