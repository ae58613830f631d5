package io.framewarden.trainer.report.chart;

import java.awt.Color;

/**
 * Colours that stay apart for colour-blind eyes, on paper and on a dark screen. Real is always the
 * first, fake always the second.
 */
public enum Palette {
  LIGHT(
      new Color(0xffffff),
      new Color(0x24292f),
      new Color(0x57606a),
      new Color(0xe4e8ec),
      new int[] {0x1f6fb4, 0xd1500a, 0x12805c, 0x8f4fa3, 0xb07d00, 0x2a9ab0, 0xc23b6b, 0x6b7178}),
  DARK(
      new Color(0x161b22),
      new Color(0xe6edf3),
      new Color(0x9aa4af),
      new Color(0x2d333b),
      new int[] {0x5aa9e6, 0xff8a4c, 0x4cc38a, 0xc792d6, 0xe3b341, 0x56c7dc, 0xf2709c, 0x9aa4af});

  /** Real faces. */
  public static final int REAL = 0;

  /** Fakes. */
  public static final int FAKE = 1;

  /** Guides, such as the line of chance. */
  public static final int GUIDE = 7;

  private final Color background;
  private final Color text;
  private final Color faint;
  private final Color grid;
  private final int[] series;

  Palette(Color background, Color text, Color faint, Color grid, int[] series) {
    this.background = background;
    this.text = text;
    this.faint = faint;
    this.grid = grid;
    this.series = series;
  }

  Color background() {
    return background;
  }

  Color text() {
    return text;
  }

  Color faint() {
    return faint;
  }

  Color grid() {
    return grid;
  }

  /** The colour of a place; begins again after the last. */
  Color series(int place) {
    return new Color(series[place % series.length]);
  }
}
