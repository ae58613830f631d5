package io.framewarden.trainer.publish;

import io.framewarden.trainer.forgery.ForgedPair;
import io.framewarden.trainer.forgery.Forgeries;
import io.framewarden.trainer.forgery.Forgery;
import io.framewarden.trainer.forgery.SyntheticFaces;
import io.framewarden.trainer.image.ImageFilters;
import io.framewarden.trainer.photograph.FacePhotograph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The inputs of the parity gate: synthetic faces, a pseudo-fake of each kind made from them and
 * compressed, noise, black and white. No photograph is among them, so that an artifact can be
 * passed on freely; they exercise a graph's arithmetic and say nothing about its accuracy.
 */
public final class GoldenFaces {
  private static final long SEED = 7_001;

  private GoldenFaces() {}

  /** Makes the faces, always the same, gray8, of the size that models take. */
  public static List<byte[]> make() {
    List<byte[]> faces = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(SEED);
    FacePhotograph donor = SyntheticFaces.face(SEED);
    for (Forgery forgery : Forgeries.all()) {
      FacePhotograph face = SyntheticFaces.face(SEED + 1 + faces.size());
      ForgedPair pair = forgery.make(face, donor, random);
      // Not through H.264, whose encoder is not the same on every machine.
      faces.add(pair.real().pixels());
      faces.add(ImageFilters.compressJpeg(pair.fake().pixels(), 40 + random.nextInt(50)));
    }
    byte[] noise = new byte[donor.image().pixels().length];
    random.nextBytes(noise);
    faces.add(noise);
    faces.add(new byte[noise.length]);
    byte[] white = new byte[noise.length];
    Arrays.fill(white, (byte) 255);
    faces.add(white);
    return List.copyOf(faces);
  }
}
