package io.framewarden.trainer.dataset;

import io.framewarden.extraction.face.FacePoint;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.trainer.degradation.AlignmentJitter;
import io.framewarden.trainer.degradation.LocatedFace;
import io.framewarden.trainer.degradation.VideoDegradation;
import io.framewarden.trainer.forgery.ForgedPair;
import io.framewarden.trainer.forgery.Forgery;
import io.framewarden.trainer.photograph.FacePhotograph;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A real face and a fake, before degradation and alignment.
 *
 * @param mask the forged pixels, of the fake's image before it was degraded; null when nobody knows
 *     them
 * @param maskPoints the five landmarks in pixels of the mask
 * @param domain how the fake was made
 * @param realOf what the real face is
 * @param fakeOf what the fake is, or was made of
 */
record FacePair(
    LocatedFace real,
    LocatedFace fake,
    GrayImage mask,
    List<FacePoint> maskPoints,
    String domain,
    FaceSample realOf,
    FaceSample fakeOf) {

  /** A photograph and a pseudo-fake made of it. */
  static FacePair forged(
      FaceSample face, Forgery forgery, FaceSample donor, RandomGenerator random) {
    FacePhotograph photograph = face.photograph();
    ForgedPair pair = forgery.make(photograph, donor.photograph(), random);
    List<FacePoint> points = photograph.landmarks().five();
    return new FacePair(
        new LocatedFace(pair.real(), points),
        new LocatedFace(pair.fake(), points),
        pair.mask(),
        points,
        forgery.name(),
        face,
        face);
  }

  /** Two faces of an archive as it holds them. */
  static FacePair labelled(FaceSample real, FaceSample fake) {
    return new FacePair(
        LocatedFace.aligned(real.pixels()),
        LocatedFace.aligned(fake.pixels()),
        null,
        List.of(),
        fake.domain(),
        real,
        fake);
  }

  /** Both faces after the same degradation. */
  FacePair degraded(VideoDegradation degradation) {
    return new FacePair(
        degradation.apply(real), degradation.apply(fake), mask, maskPoints, domain, realOf, fakeOf);
  }

  /** The mask as {@code jitter} aligns the fake; null when nobody knows it. */
  byte[] alignedMask(AlignmentJitter jitter) {
    return mask == null ? null : jitter.alignMask(new LocatedFace(mask, maskPoints));
  }
}
