package io.framewarden.ingest.kafka;

/** Where the time of one extraction goes. One thread. */
final class StageTimings {
  private static final double NANO = 1e-9;

  private enum Stage {
    DECODING,
    WAITING,
    PUBLISHING
  }

  private final long[] nanos = new long[Stage.values().length];
  private Stage stage = Stage.DECODING;
  private long since = System.nanoTime();

  void toDecoding() {
    to(Stage.DECODING);
  }

  /** For the scorers; counted where that waiting is done. */
  void toWaiting() {
    to(Stage.WAITING);
  }

  void toPublishing() {
    to(Stage.PUBLISHING);
  }

  double decodingSeconds() {
    return seconds(Stage.DECODING);
  }

  double publishingSeconds() {
    return seconds(Stage.PUBLISHING);
  }

  private double seconds(Stage of) {
    to(stage);
    return nanos[of.ordinal()] * NANO;
  }

  private void to(Stage next) {
    long now = System.nanoTime();
    nanos[stage.ordinal()] += now - since;
    since = now;
    stage = next;
  }
}
