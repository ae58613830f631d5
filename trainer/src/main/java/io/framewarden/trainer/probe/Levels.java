package io.framewarden.trainer.probe;

/** The simplest that can be said of an image. Stateless. */
final class Levels {
  private Levels() {}

  /** Mean gray level. */
  static double mean(byte[] face) {
    long sum = 0;
    for (byte level : face) {
      sum += level & 0xff;
    }
    return (double) sum / face.length;
  }

  /** Standard deviation of the gray levels. */
  static double deviation(byte[] face) {
    double mean = mean(face);
    double squares = 0;
    for (byte level : face) {
      double off = (level & 0xff) - mean;
      squares += off * off;
    }
    return Math.sqrt(squares / face.length);
  }
}
