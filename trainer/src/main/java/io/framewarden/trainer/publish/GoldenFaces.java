package io.framewarden.trainer.publish;

import io.framewarden.extraction.face.AffineSampler;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.schemas.model.FaceShape;
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
import java.util.stream.Stream;

/**
 * The inputs of the parity gate: synthetic faces, a pseudo-fake of each kind made from them and
 * compressed, noise, black and white. No photograph is among them, so that an artifact can be
 * passed on freely; they exercise a graph's arithmetic and say nothing about its accuracy.
 */
public final class GoldenFaces {
  private static final long SEED = 7_001;

  private GoldenFaces() {}

  /** Makes some of them in another size or in colours, always the same. */
  public static List<byte[]> make(FaceShape shape) {
    List<byte[]> all = make();
    int last = all.size() - 1;
    return Stream.of(0, 1, 2, 3, last - 2, last - 1, last)
        .map(all::get)
        .map(face -> shaped(face, shape))
        .toList();
  }

  private static byte[] shaped(byte[] face, FaceShape shape) {
    int side = (int) Math.sqrt(face.length);
    byte[] gray =
        new AffineSampler(new GrayImage(side, side, face)).square(0, 0, side, shape.width());
    if (shape.channels() == 1) {
      return gray;
    }
    byte[] colour = new byte[shape.bytes()];
    for (int i = 0; i < gray.length; i++) {
      int level = gray[i] & 0xff;
      colour[3 * i] = (byte) level;
      colour[3 * i + 1] = (byte) (level * 7 / 8 + 12);
      colour[3 * i + 2] = (byte) (200 - level / 2);
    }
    return colour;
  }

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
