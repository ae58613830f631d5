package io.framewarden.ingest.sandbox;

import io.framewarden.extraction.ffmpeg.DecodeLimits;
import io.framewarden.ingest.sandbox.wire.ProtocolException;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.VideoStream;
import java.util.ArrayList;
import java.util.List;

/** Validates what a child says of a file's video streams. Stateless. */
final class StreamValidator {
  private static final int MAX_CODEC_LENGTH = 40;

  private StreamValidator() {}

  /** The streams, of which only checked fields are left. */
  static List<VideoStream> checked(List<VideoStream> given, DecodeLimits limits)
      throws ProtocolException {
    // A stream that begins late is refused one by one where there are too many.
    check(given.size() <= 2 * limits.maxStreams(), "number of streams");
    List<VideoStream> streams = new ArrayList<>();
    for (VideoStream stream : given) {
      streams.add(checked(stream, limits));
    }
    return streams;
  }

  private static VideoStream checked(VideoStream given, DecodeLimits limits)
      throws ProtocolException {
    check(given.getIndex() >= 0 && given.getProgram() >= 0, "stream");
    check((long) given.getWidth() * given.getHeight() <= limits.maxPixels(), "frame size");
    check(given.getWidth() >= 0 && given.getHeight() >= 0, "frame size");
    long frames = given.getDecodedFrames();
    check(frames >= 0 && frames <= limits.maxFrames(), "decoded frames of a stream");
    check(isPart(given.getSampledFrames(), frames), "sampled frames of a stream");
    check(isPart(given.getDamagedFrames(), frames), "damaged frames");
    check(given.getUndecodablePackets() >= 0, "undecodable packets");
    check(given.getMissingStartFrames() >= 0, "missing frames");
    check(given.getTimestampJumps() >= 0, "timestamp jumps");
    check(isPart(given.getStartUs(), given.getEndUs()), "time of a stream");
    check(given.getUnsampledUs() >= 0, "unsampled time");
    check(given.getFailure() != FailureReason.UNRECOGNIZED, "failure of a stream");
    return VideoStream.newBuilder()
        .setIndex(given.getIndex())
        .setProgram(given.getProgram())
        .setCodec(codec(given.getCodec()))
        .setWidth(given.getWidth())
        .setHeight(given.getHeight())
        .setDecodedFrames(frames)
        .setSampledFrames(given.getSampledFrames())
        .setDamagedFrames(given.getDamagedFrames())
        .setUndecodablePackets(given.getUndecodablePackets())
        .setMissingStartFrames(given.getMissingStartFrames())
        .setTruncated(given.getTruncated())
        .setTimestampJumps(given.getTimestampJumps())
        .setStartUs(given.getStartUs())
        .setEndUs(given.getEndUs())
        .setUnsampledUs(given.getUnsampledUs())
        .setFailure(given.getFailure())
        .setFailureMessage(ResponseValidator.readable(given.getFailureMessage()))
        .build();
  }

  private static boolean isPart(long part, long whole) {
    return part >= 0 && part <= whole;
  }

  private static String codec(String given) throws ProtocolException {
    check(given.length() <= MAX_CODEC_LENGTH, "codec");
    return ResponseValidator.readable(given);
  }

  private static void check(boolean holds, String what) throws ProtocolException {
    if (!holds) {
      throw new ProtocolException("an impossible " + what);
    }
  }
}
