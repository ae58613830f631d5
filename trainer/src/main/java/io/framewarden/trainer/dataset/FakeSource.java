package io.framewarden.trainer.dataset;

import java.util.List;
import java.util.random.RandomGenerator;

/** Where a batch's fakes come from. Stateless; called by several threads. */
interface FakeSource {

  /**
   * A fake, before cropping and degradation.
   *
   * @param mask the forged pixels, or null when nobody knows them
   * @param source what it is or was made of, for people to read
   */
  record Fake(byte[] pixels, byte[] mask, String domain, String source) {}

  /** A fake that belongs to this real face of the batch, where there is such a fake. */
  Fake next(FaceSample real, RandomGenerator random);

  /** Pseudo-fakes made from the batch's own real faces, with swap partners of the same split. */
  static FakeSource pseudoFakes(FaceSet reals, ForgeryMix mix) {
    List<FaceSample> partners = reals.reals();
    return (real, random) -> {
      var forgery = mix.draw(random);
      FaceSample partner = forgery.swaps() ? SwapPartners.closest(real, partners, random) : real;
      var forged = forgery.make(real.image(), partner.image(), random);
      return new Fake(forged.pixels(), forged.mask(), forgery.name(), real.video());
    };
  }

  /** An archive's own fakes, every domain as often as the others. */
  static FakeSource labelled(FaceSet fakes) {
    var byDomain =
        fakes.fakeDomains().stream()
            .map(
                domain ->
                    fakes.fakes().stream().filter(face -> face.domain().equals(domain)).toList())
            .toList();
    return (real, random) -> {
      var domain = byDomain.get(random.nextInt(byDomain.size()));
      FaceSample fake = domain.get(random.nextInt(domain.size()));
      return new Fake(fake.pixels(), null, fake.domain(), fake.video());
    };
  }

  /** One or the other, half each. */
  static FakeSource either(FakeSource one, FakeSource other) {
    return (real, random) -> (random.nextBoolean() ? one : other).next(real, random);
  }
}
