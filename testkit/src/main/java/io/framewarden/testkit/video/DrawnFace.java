package io.framewarden.testkit.video;

/**
 * A face of ellipses that a frontal Haar cascade detects at sizes of about 160 to 340 pixels.
 *
 * @param x centre, in pixels
 * @param y centre, in pixels
 * @param size about the width of the box that a detector returns, in pixels
 * @param tilt by how many degrees the face is rotated clockwise about its centre
 */
public record DrawnFace(double x, double y, double size, double tilt) {
  private static final double HAIR = 45;
  private static final double SKIN = 190;
  private static final double SOCKET = 135;
  private static final double WHITE = 228;
  private static final double PUPIL = 25;
  private static final double BROW = 60;
  private static final double NOSE = 168;
  private static final double NOSTRIL = 95;
  private static final double LIPS = 100;

  /** An upright face. */
  public DrawnFace(double x, double y, double size) {
    this(x, y, size, 0);
  }

  /** Draws the face; the caller blurs the canvas and adds noise. */
  public void drawOn(DrawnFrame canvas) {
    part(canvas, 0, -0.08, 0.47, 0.60, HAIR);
    part(canvas, 0, 0.04, 0.38, 0.52, SKIN);
    for (int side = -1; side <= 1; side += 2) {
      part(canvas, side * 0.17, -0.11, 0.125, 0.075, SOCKET);
      part(canvas, side * 0.17, -0.105, 0.085, 0.040, WHITE);
      part(canvas, side * 0.17, -0.105, 0.038, 0.038, PUPIL);
      part(canvas, side * 0.17, -0.205, 0.115, 0.024, BROW);
      part(canvas, side * 0.035, 0.135, 0.020, 0.014, NOSTRIL);
    }
    part(canvas, 0, 0.02, 0.030, 0.120, NOSE);
    part(canvas, 0, 0.285, 0.140, 0.038, LIPS);
    part(canvas, 0, 0.285, 0.125, 0.008, PUPIL);
  }

  private void part(DrawnFrame canvas, double dx, double dy, double rx, double ry, double level) {
    double cosine = Math.cos(Math.toRadians(tilt));
    double sine = Math.sin(Math.toRadians(tilt));
    double across = dx * cosine - dy * sine;
    double down = dx * sine + dy * cosine;
    canvas.ellipse(x + across * size, y + down * size, rx * size, ry * size, level, tilt);
  }
}
