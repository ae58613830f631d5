/**
 * The only room that touches FFmpeg: opens a local file under whitelists and limits, decodes its
 * video stream frame by frame, and turns decoded frames into upright full-range luma.
 */
package io.framewarden.extraction.ffmpeg;
