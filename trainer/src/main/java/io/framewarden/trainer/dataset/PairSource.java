package io.framewarden.trainer.dataset;

import java.util.List;
import java.util.random.RandomGenerator;

/** Where a batch's pairs come from. Stateless; called by several threads. */
@FunctionalInterface
interface PairSource {

  /** A real face and a fake; of the same face, where there is such a fake. */
  FacePair next(RandomGenerator random);

  /** Photographs and pseudo-fakes made of them, with swap partners of the same split. */
  static PairSource pseudoFakes(FaceSet reals, ForgeryMix mix) {
    List<FaceSample> faces = reals.photographs();
    SwapPartners partners = new SwapPartners(mix.swaps() ? faces : List.of());
    return random -> {
      FaceSample real = faces.get(random.nextInt(faces.size()));
      var forgery = mix.draw(random);
      FaceSample donor = forgery.swaps() ? partners.near(real, random) : real;
      return FacePair.forged(real, forgery, donor, random);
    };
  }

  /** An archive's own faces, every domain of fakes as often as the others. */
  static PairSource labelled(FaceSet faces) {
    List<FaceSample> reals = faces.reals();
    List<List<FaceSample>> byDomain =
        faces.fakeDomains().stream()
            .map(
                domain ->
                    faces.fakes().stream().filter(face -> face.domain().equals(domain)).toList())
            .toList();
    return random -> {
      FaceSample real = reals.get(random.nextInt(reals.size()));
      List<FaceSample> domain = byDomain.get(random.nextInt(byDomain.size()));
      return FacePair.labelled(real, domain.get(random.nextInt(domain.size())));
    };
  }

  /** One or the other, half each. */
  static PairSource either(PairSource one, PairSource other) {
    return random -> (random.nextBoolean() ? one : other).next(random);
  }
}
