package io.framewarden.detector.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.framewarden.detector.TinyModel;
import io.framewarden.schemas.model.FaceShape;
import io.framewarden.v1.PixelFormat;
import java.awt.Color;
import java.awt.image.BufferedImage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class EvidenceJpegTest {

  @Test
  void isAGrayJpegOf112PixelsThatLooksLikeTheFace() throws Exception {
    byte[] face = new byte[224 * 224];
    for (int i = 0; i < face.length; i++) {
      face[i] = (byte) (i % 224); // dark on the left, bright on the right
    }

    BufferedImage image = decode(EvidenceJpeg.encode(face, TinyModel.SHAPE));

    assertEquals(112, image.getWidth());
    assertEquals(112, image.getHeight());
    assertEquals(1, image.getRaster().getNumBands());
    for (int x = 0; x < 112; x += 10) {
      assertEquals(2 * x, image.getRaster().getSample(x, 56, 0), 6);
    }
  }

  @Test
  void isTheSameForTheSameFace() {
    byte[] face = TinyModel.noise(4);

    assertEquals(
        EvidenceJpeg.encode(face, TinyModel.SHAPE), EvidenceJpeg.encode(face, TinyModel.SHAPE));
  }

  @Test
  void takesFacesOfAnySize() throws Exception {
    for (int side : new int[] {1, 64, 112, 160, 299}) {
      BufferedImage image = decode(EvidenceJpeg.encode(new byte[side * side], gray(side)));

      assertEquals(112, image.getWidth());
      assertTrue(image.getRaster().getSample(111, 111, 0) < 3);
    }
  }

  @Test
  void isInColourWhereTheFaceIs() throws Exception {
    FaceShape shape = new FaceShape(224, 224, PixelFormat.RGB8);
    byte[] face = new byte[shape.bytes()];
    for (int i = 0; i < face.length; i += 3) {
      face[i] = (byte) 200; // red
      face[i + 1] = 40;
      face[i + 2] = 90;
    }

    BufferedImage image = decode(EvidenceJpeg.encode(face, shape));

    Color middle = new Color(image.getRGB(56, 56));
    assertEquals(200, middle.getRed(), 6);
    assertEquals(40, middle.getGreen(), 6);
    assertEquals(90, middle.getBlue(), 6);
  }

  private static FaceShape gray(int side) {
    return new FaceShape(side, side, PixelFormat.GRAY8);
  }

  private static BufferedImage decode(ByteString jpeg) throws Exception {
    return ImageIO.read(jpeg.newInput());
  }
}
