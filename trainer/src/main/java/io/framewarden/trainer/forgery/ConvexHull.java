package io.framewarden.trainer.forgery;

import io.framewarden.extraction.face.FacePoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Convex hulls (Andrew's monotone chain, 1979), grown or shrunk. Stateless. */
final class ConvexHull {
  private ConvexHull() {}

  /** The corners of the hull, in the order of the outline. */
  static List<FacePoint> of(List<FacePoint> points) {
    List<FacePoint> sorted = new ArrayList<>(points);
    sorted.sort(Comparator.comparingDouble(FacePoint::x).thenComparingDouble(FacePoint::y));
    List<FacePoint> hull = chain(sorted);
    List<FacePoint> reversed = new ArrayList<>(sorted);
    Collections.reverse(reversed);
    hull.addAll(chain(reversed));
    return hull;
  }

  /** Every corner moved away from their mean by so many pixels, or towards it; never beyond it. */
  static List<FacePoint> grown(List<FacePoint> hull, double pixels) {
    double x = hull.stream().mapToDouble(FacePoint::x).average().orElse(0);
    double y = hull.stream().mapToDouble(FacePoint::y).average().orElse(0);
    List<FacePoint> grown = new ArrayList<>();
    for (FacePoint corner : hull) {
      double distance = Math.max(1e-6, Math.hypot(corner.x() - x, corner.y() - y));
      double factor = Math.max(0.2, 1 + pixels / distance);
      grown.add(
          new FacePoint(
              (float) (x + factor * (corner.x() - x)), (float) (y + factor * (corner.y() - y))));
    }
    return grown;
  }

  /** One half of the outline, without its last point. */
  private static List<FacePoint> chain(List<FacePoint> sorted) {
    List<FacePoint> chain = new ArrayList<>();
    for (FacePoint next : sorted) {
      while (chain.size() > 1
          && !isTurn(chain.get(chain.size() - 2), chain.get(chain.size() - 1), next)) {
        chain.remove(chain.size() - 1);
      }
      chain.add(next);
    }
    chain.remove(chain.size() - 1);
    return chain;
  }

  private static boolean isTurn(FacePoint a, FacePoint b, FacePoint c) {
    double abX = b.x() - (double) a.x();
    double abY = b.y() - (double) a.y();
    double acX = c.x() - (double) a.x();
    double acY = c.y() - (double) a.y();
    return abX * acY - abY * acX > 0;
  }
}
