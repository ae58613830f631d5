/**
 * The only room that touches FFmpeg: opens a local file under whitelists and limits, decodes its
 * video stream picture by picture, and turns decoded pictures into upright full-range luma.
 */
package io.framewarden.extraction.ffmpeg;
