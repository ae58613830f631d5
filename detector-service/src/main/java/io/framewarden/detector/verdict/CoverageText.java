package io.framewarden.detector.verdict;

import io.framewarden.schemas.text.CountText;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.VideoMarker;
import io.framewarden.v1.VideoStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Says in sentences what of a video was looked at and what was not, by its marker's streams. With
 * several streams the sentences name theirs. Immutable.
 */
final class CoverageText {
  private static final int MAX_GAPS = 12;

  private final List<VideoStream> streams;
  private final Set<Integer> withFaces;
  private final boolean several;

  /**
   * Describes the streams of a marker.
   *
   * @param withFaces the indices of streams that faces were scored of: such a one was judged up to
   *     where it failed
   */
  CoverageText(VideoMarker marker, Set<Integer> withFaces) {
    this.streams = marker.getStreamsList();
    this.withFaces = withFaces;
    this.several = streams.size() > 1;
  }

  /** How many streams were judged, where there is more than one; otherwise empty. */
  List<String> judgedStreams() {
    long judged = streams.stream().filter(this::isJudged).count();
    return judged > 1 ? List.of(CountText.of(judged, "video stream") + " were judged.") : List.of();
  }

  /** What was not looked at, or not in order; empty where all of the video was judged. */
  List<String> gaps() {
    List<String> gaps = new ArrayList<>();
    for (VideoStream stream : streams) {
      addGaps(stream, gaps);
    }
    int more = gaps.size() - MAX_GAPS;
    if (more <= 1) {
      return gaps;
    }
    List<String> shown = new ArrayList<>(gaps.subList(0, MAX_GAPS));
    shown.add("There are " + more + " more such remarks on the streams.");
    return shown;
  }

  private void addGaps(VideoStream stream, List<String> gaps) {
    if (stream.getFailure() != FailureReason.FAILURE_REASON_UNSPECIFIED) {
      gaps.add(notJudged(stream));
    }
    String ofStream = several ? " of video stream " + stream.getIndex() : "";
    if (stream.getTruncated()) {
      gaps.add(
          subject(stream, "The stream") + " ended early: the rest of it is missing or damaged.");
    }
    if (stream.getDamagedFrames() > 0) {
      gaps.add(
          stream.getDamagedFrames()
              + " of "
              + CountText.of(stream.getDecodedFrames(), "frame")
              + ofStream
              + (stream.getDamagedFrames() == 1 ? " is" : " are")
              + " damaged.");
    }
    if (stream.getUndecodablePackets() > 0) {
      gaps.add(
          CountText.of(stream.getUndecodablePackets(), "packet")
              + ofStream
              + " could not be decoded.");
    }
    if (stream.getMissingStartFrames() > 0) {
      gaps.add(
          subject(stream, "The stream")
              + " begins in the middle: "
              + CountText.of(stream.getMissingStartFrames(), "frame")
              + (stream.getMissingStartFrames() == 1 ? " comes" : " come")
              + " before the first that can be decoded.");
    }
    if (stream.getTimestampJumps() > 0) {
      gaps.add(
          "The timestamps"
              + ofStream
              + " jumped "
              + CountText.of(stream.getTimestampJumps(), "time")
              + "; frames were judged in the order in which they are played.");
    }
    if (stream.getUnsampledUs() > 0) {
      gaps.add(
          "For "
              + CountText.seconds(stream.getUnsampledUs())
              + " no frame"
              + ofStream
              + " was searched for faces.");
    }
  }

  private String subject(VideoStream stream, String only) {
    return several ? "Video stream " + stream.getIndex() : only;
  }

  /** A stream that fails names itself even where it is the only one. */
  private String notJudged(VideoStream stream) {
    String message = stream.getFailureMessage().strip();
    return "Video stream "
        + stream.getIndex()
        + description(stream)
        + (isJudged(stream) ? " was not judged to its end: " : " was not judged: ")
        + (message.isEmpty() ? stream.getFailure().name() : message)
        + (message.endsWith(".") ? "" : ".");
  }

  private static String description(VideoStream stream) {
    List<String> parts = new ArrayList<>();
    if (stream.getProgram() > 0) {
      parts.add("program " + stream.getProgram());
    }
    if (!stream.getCodec().isEmpty()) {
      parts.add(stream.getCodec());
    }
    return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
  }

  private boolean isJudged(VideoStream stream) {
    return stream.getSampledFrames() > 0
        || withFaces.contains(stream.getIndex())
        || stream.getFailure() == FailureReason.FAILURE_REASON_UNSPECIFIED;
  }
}
