package io.framewarden.benchmarks.fuzz;

import io.framewarden.v1.FailureReason;
import io.framewarden.v1.VideoMarker;
import io.framewarden.v1.VideoStream;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts how uploads ended. Safe for several threads. */
final class FuzzTally {
  /** Failures that are ours, and say nothing of the file. */
  private static final Set<FailureReason> UNCLEAR =
      Set.of(
          FailureReason.EXTRACTION_FAILED,
          FailureReason.DECODER_CRASHED,
          FailureReason.DECODER_INTERRUPTED,
          FailureReason.DECODER_STARVED,
          FailureReason.UNRECOGNIZED);

  private final Map<String, Double> outcomes = new TreeMap<>();
  private long ended;
  private long without;
  private long wrongCounts;
  private long wrongStreams;
  private long comparedThreads;
  private long differing;
  private long differingSilently;
  private double longestSeconds;

  /**
   * Counts an upload that ended with a marker.
   *
   * @param faces the face frames of the marker's attempt
   * @return whether the marker is right
   */
  synchronized boolean addMarker(VideoMarker marker, int faces, double seconds) {
    ended++;
    longestSeconds = Math.max(longestSeconds, seconds);
    boolean failed = marker.getFailure() != FailureReason.FAILURE_REASON_UNSPECIFIED;
    String good = marker.getFaceFrames() > 0 ? "faces" : "no_face";
    outcomes.merge(
        camel("ended_" + (failed ? marker.getFailure().name() : good)), 1.0, Double::sum);
    return isRight(marker, faces);
  }

  /**
   * Counts how an upload ended with another number of decoder threads.
   *
   * @return whether that is right, and the same where no decoder met or may have hidden damage
   */
  synchronized boolean compare(FuzzOutcome first, FuzzOutcome second) {
    boolean damaged = first.isDamaged() || second.isDamaged();
    boolean agree = damaged || first.isSameAs(second);
    boolean silent = first.isSilent() || second.isSilent();
    comparedThreads += damaged ? 0 : 1;
    differing += agree || silent ? 0 : 1;
    differingSilently += !agree && silent ? 1 : 0;
    return isRight(second.marker(), second.faces().size()) && (agree || silent);
  }

  private boolean isRight(VideoMarker marker, int faces) {
    boolean failed = marker.getFailure() != FailureReason.FAILURE_REASON_UNSPECIFIED;
    boolean clear = !UNCLEAR.contains(marker.getFailure()) && !marker.getFailureMessage().isEmpty();
    boolean counts = failed ? clear : marker.getFaceFrames() == faces;
    boolean streams = failed || hasRightStreams(marker);
    wrongCounts += counts ? 0 : 1;
    wrongStreams += streams ? 0 : 1;
    return counts && streams;
  }

  /**
   * Whether the streams add up to the marker, none was searched more often than it was decoded, no
   * time of any went unsampled, and each was either searched or says why it was not, or not to its
   * end.
   */
  private static boolean hasRightStreams(VideoMarker marker) {
    long decoded = 0;
    long sampled = 0;
    for (VideoStream stream : marker.getStreamsList()) {
      boolean judged = stream.getFailure() == FailureReason.FAILURE_REASON_UNSPECIFIED;
      boolean right =
          stream.getSampledFrames() <= stream.getDecodedFrames()
              && stream.getUnsampledUs() == 0
              && stream.getStartUs() <= stream.getEndUs()
              && judged == stream.getFailureMessage().isEmpty()
              && !(judged && stream.getSampledFrames() == 0);
      if (!right) {
        return false;
      }
      decoded += stream.getDecodedFrames();
      sampled += stream.getSampledFrames();
    }
    return decoded == marker.getDecodedFrames() && sampled == marker.getSampledFrames();
  }

  /** Counts an upload that ended without a marker. */
  synchronized void addWithoutMarker() {
    ended++;
    without++;
  }

  synchronized long ended() {
    return ended;
  }

  synchronized long failures() {
    return without + wrongCounts + wrongStreams + differing;
  }

  synchronized double longestSeconds() {
    return longestSeconds;
  }

  synchronized void addTo(Map<String, Double> measured) {
    measured.put("withoutMarker", (double) without);
    measured.put("markersWithWrongCounts", (double) wrongCounts);
    measured.put("markersWithWrongStreams", (double) wrongStreams);
    measured.put("comparedThreads", (double) comparedThreads);
    measured.put("differentByThreads", (double) differing);
    measured.put("differentByHiddenDamage", (double) differingSilently);
    measured.put("longestSeconds", longestSeconds);
    measured.putAll(outcomes);
  }

  @Override
  public String toString() {
    Map<String, Double> measured = new TreeMap<>();
    addTo(measured);
    return measured.toString();
  }

  static String camel(String name) {
    StringBuilder text = new StringBuilder();
    for (String word : name.toLowerCase(Locale.ROOT).split("_")) {
      text.append(
          text.isEmpty()
              ? word
              : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }
    return text.toString();
  }
}
