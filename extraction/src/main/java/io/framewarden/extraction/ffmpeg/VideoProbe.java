package io.framewarden.extraction.ffmpeg;

/**
 * What a file says about its video, taken from its header and its first decoded frame.
 *
 * @param container FFmpeg's name of the container
 * @param codec FFmpeg's name of the codec
 * @param pixelFormat FFmpeg's name of the first frame's pixel format
 * @param width of the upright frame, in square pixels
 * @param height of the upright frame, in square pixels
 * @param streams in the container
 * @param durationUs as the container claims, in microseconds; 0 where it does not say
 * @param rotationDegrees clockwise rotation that makes frames upright
 * @param frameRate average frames a second as the container claims; 0 where it does not say
 */
public record VideoProbe(
    String container,
    String codec,
    String pixelFormat,
    int width,
    int height,
    int streams,
    long durationUs,
    int rotationDegrees,
    double frameRate) {}
