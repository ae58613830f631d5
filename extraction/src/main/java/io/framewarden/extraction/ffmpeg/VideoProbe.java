package io.framewarden.extraction.ffmpeg;


/**
 * What a file says it is; taken from its header and its first decoded picture.
 *
 * @param container FFmpeg's name of the container
 * @param codec FFmpeg's name of the codec
 * @param pixelFormat FFmpeg's name of the first picture's pixel format
 * @param width of the upright picture, in square pixels
 * @param height of the upright picture, in square pixels
 * @param streams in the container
 * @param durationUs as the container claims, in microseconds; 0 where it does not say
 * @param rotationDegrees clockwise turn that was applied to make pictures upright
 * @param frameRate average pictures a second as the container claims; 0 where it does not say
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
