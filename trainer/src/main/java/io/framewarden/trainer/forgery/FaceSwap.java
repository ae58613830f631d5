package io.framewarden.trainer.forgery;

import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;

/**
 * The donor's whole inner face on this head: landmark affine, gray levels matched, Poisson or alpha
 * blending through an elastic soft hull.
 */
final class FaceSwap implements Forgery {
  @Override
  public String name() {
    return "face-swap";
  }

  @Override
  public boolean swaps() {
    return true;
  }

  @Override
  public PseudoFake make(FaceImage face, FaceImage donor, RandomGenerator random) {
    try (PointerScope scope = new PointerScope()) {
      byte[] mask = Masks.deformedHull(face.geometry(), random);
      byte[] fitted = FaceSwapOperations.warpDonor(donor, face.geometry());
      byte[] matched = FaceSwapOperations.matchLevels(fitted, face.pixels(), mask, random);
      return FaceSwapOperations.blend(face.pixels(), matched, mask, random);
    }
  }
}
