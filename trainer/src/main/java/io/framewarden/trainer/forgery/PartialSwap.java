package io.framewarden.trainer.forgery;

import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;

/**
 * Multi-scale partial swap: a window of the donor's face, where the two differ most. The window's
 * side is drawn from 40-80, 80-120 or 120-160 pixels; it slides at a fifth of its side within the
 * inner face, and the place with the lowest structural similarity wins.
 */
final class PartialSwap implements Forgery {
  private static final int[] MIN_SIDES = {40, 80, 120};
  private static final int SIDE_RANGE = 40;

  @Override
  public String name() {
    return "partial-swap";
  }

  @Override
  public boolean swaps() {
    return true;
  }

  @Override
  public PseudoFake make(FaceImage face, FaceImage donor, RandomGenerator random) {
    try (PointerScope scope = new PointerScope()) {
      int side = MIN_SIDES[random.nextInt(MIN_SIDES.length)] + random.nextInt(SIDE_RANGE);
      byte[] fitted = FaceSwapOperations.warpDonor(donor, face.geometry());
      int[] place = mostDifferent(face, fitted, side);
      byte[] mask = Masks.deformedBox(place[0], place[1], side, random);
      byte[] matched = FaceSwapOperations.matchLevels(fitted, face.pixels(), mask, random);
      return FaceSwapOperations.blend(face.pixels(), matched, mask, random);
    }
  }

  private static int[] mostDifferent(FaceImage face, byte[] donor, int side) {
    double left = FaceGeometry.SIZE;
    double top = FaceGeometry.SIZE;
    double right = 0;
    double bottom = 0;
    for (FaceGeometry.Spot spot : face.geometry().outline()) {
      left = Math.min(left, spot.x());
      right = Math.max(right, spot.x());
      top = Math.min(top, spot.y());
      bottom = Math.max(bottom, spot.y());
    }
    int last = FaceGeometry.SIZE - side - 1;
    int firstX = within((int) left, last);
    int firstY = within((int) top, last);
    int lastX = Math.max(firstX, within((int) right - side, last));
    int lastY = Math.max(firstY, within((int) bottom - side, last));
    int step = Math.max(1, side / 5);
    int[] best = {firstX, firstY};
    double lowest = Double.POSITIVE_INFINITY;
    for (int y = firstY; y <= lastY; y += step) {
      for (int x = firstX; x <= lastX; x += step) {
        double similarity = similarity(face.pixels(), donor, x, y, side);
        if (similarity < lowest) {
          lowest = similarity;
          best = new int[] {x, y};
        }
      }
    }
    return best;
  }

  /** SSIM over the window as a whole, on every second pixel of every second row. */
  private static double similarity(byte[] a, byte[] b, int x0, int y0, int side) {
    double n = 0;
    double sa = 0;
    double sb = 0;
    double saa = 0;
    double sbb = 0;
    double sab = 0;
    for (int y = y0; y < y0 + side; y += 2) {
      for (int x = x0; x < x0 + side; x += 2) {
        double p = a[y * FaceGeometry.SIZE + x] & 0xff;
        double q = b[y * FaceGeometry.SIZE + x] & 0xff;
        n++;
        sa += p;
        sb += q;
        saa += p * p;
        sbb += q * q;
        sab += p * q;
      }
    }
    double ma = sa / n;
    double mb = sb / n;
    double c1 = 6.5025;
    double c2 = 58.5225;
    return (2 * ma * mb + c1)
        * (2 * (sab / n - ma * mb) + c2)
        / ((ma * ma + mb * mb + c1) * (saa / n - ma * ma + sbb / n - mb * mb + c2));
  }

  private static int within(int value, int last) {
    return Math.max(1, Math.min(last, value));
  }
}
