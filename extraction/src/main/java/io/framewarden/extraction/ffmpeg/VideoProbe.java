package io.framewarden.extraction.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;

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
    double frameRate) {
  /**
   * What an open file says.
   *
   * @param first its first frame, in host memory
   */
  static VideoProbe of(Demuxer source, AVFrame first, FrameShape shape) {
    return new VideoProbe(
        source.format(),
        Codecs.codecName(source),
        LumaConverter.pixelFormat(first),
        shape.widthOf(first.width(), first.height()),
        shape.heightOf(first.width(), first.height()),
        source.streams(),
        source.durationUs(),
        shape.orientation().degrees(),
        source.frameRate());
  }
}
