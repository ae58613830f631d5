package io.framewarden.extraction.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.v1.FailureReason;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StillImageTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "jpg, face_12.jpg",
    "jpg, face.jpeg",
    "jpg, no-extension",
    "png, face.png",
    "bmp, face.bmp"
  })
  void photographIsReadWhateverItsName(String format, String name) throws Exception {
    Path file = write(format, name);
    try (VideoReader reader =
        VideoReader.open(
            file, MediaKind.STILL_IMAGE, VideoReader.DEFAULT_STREAM, DecodeOptions.defaults())) {
      DecodedFrame image = reader.next().orElseThrow();
      assertEquals(96, image.luma().width());
      assertEquals(64, image.luma().height());
      assertEquals(60, image.luma().at(10, 30), 4);
      assertEquals(200, image.luma().at(80, 30), 4);
      assertTrue(reader.next().isEmpty());
    }
  }

  @Test
  void textNamedAsAPhotographIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("face.jpg"), "not an image at all");
    var error =
        assertThrows(
            VideoException.class,
            () ->
                VideoReader.open(
                    file,
                    MediaKind.STILL_IMAGE,
                    VideoReader.DEFAULT_STREAM,
                    DecodeOptions.defaults()));
    assertEquals(FailureReason.UNSUPPORTED_CONTAINER, error.reason());
  }

  /** Dark on the left, bright on the right. */
  private Path write(String format, String name) throws IOException {
    BufferedImage image = new BufferedImage(96, 64, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 64; y++) {
      for (int x = 0; x < 96; x++) {
        int gray = x < 48 ? 60 : 200;
        image.setRGB(x, y, gray << 16 | gray << 8 | gray);
      }
    }
    Path file = folder.resolve(name);
    assertTrue(ImageIO.write(image, format, file.toFile()));
    return file;
  }
}
