package io.framewarden.extraction.extract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.FaceBox;
import io.framewarden.extraction.face.FaceDetector;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.align.AlignmentTemplate;
import io.framewarden.extraction.face.detect.DetectorPool;
import io.framewarden.runtime.config.Settings;
import io.framewarden.schemas.model.FaceShape;
import io.framewarden.schemas.model.ModelManifest;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.PixelFormat;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaceSpecTest {
  private static final Color RED = new Color(200, 40, 90);
  private static final FaceSpec COLOUR =
      new FaceSpec(AlignmentTemplate.named("box:1.2", 96), PixelFormat.RGB8);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"framewarden", "arcface:1.3", "box:1.27"})
  void isReadBackFromTheRecipeOfAManifest(String crop) throws Exception {
    FaceSpec spec = new FaceSpec(AlignmentTemplate.named(crop, 299), PixelFormat.RGB8);

    assertEquals(spec, FaceSpec.of(manifest(spec.shape(), recipe(spec))));
  }

  @Test
  void isTheDefaultCropAtTheModelsSideWhereTheRecipeIsNotKnown() {
    FaceShape shape = new FaceShape(160, 160, PixelFormat.GRAY8);

    FaceSpec spec = FaceSpec.of(manifest(shape, null));

    assertEquals(AlignmentTemplate.named("framewarden", 160), spec.template());
    assertEquals(PixelFormat.GRAY8, spec.format());
  }

  @Test
  void aModelThatContradictsItselfIsRefused() throws Exception {
    ModelManifest manifest =
        manifest(new FaceShape(64, 64, PixelFormat.RGB8), recipe(COLOUR)); // of 96 pixels

    Exception refused = assertThrows(IllegalArgumentException.class, () -> FaceSpec.of(manifest));

    assertTrue(refused.getMessage().contains("rgb8 64x64"), refused.getMessage());
  }

  @Test
  void colourHasARecipeOfItsOwn() {
    FaceSpec gray = new FaceSpec(COLOUR.template(), PixelFormat.GRAY8);

    assertNotEquals(gray.recipe("l", "d").digest(), COLOUR.recipe("l", "d").digest());
  }

  @Test
  void aVariableThatNamesNoModelIsAProblem() {
    Settings settings =
        new Settings(Map.of(ExtractionConfig.FOR_MODEL, folder.resolve("none").toString()));

    ExtractionConfig.from(settings, 1);

    Exception refused = assertThrows(RuntimeException.class, settings::check);
    assertTrue(refused.getMessage().contains(ExtractionConfig.FOR_MODEL), refused.getMessage());
  }

  @Test
  void photographsGiveFacesInColour() throws Exception {
    BufferedImage image = new BufferedImage(200, 150, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 150; y++) {
      for (int x = 0; x < 200; x++) {
        image.setRGB(x, y, x < 100 ? RED.getRGB() : Color.GRAY.getRGB());
      }
    }
    Path file = folder.resolve("photo.png");
    ImageIO.write(image, "png", file.toFile());

    FaceFrame face = extract(file, COLOUR).get(0);

    assertEquals(COLOUR.shape(), FaceShape.of(face));
    byte[] pixels = face.getPixels().toByteArray();
    assertEquals(COLOUR.shape().bytes(), pixels.length);
    assertEquals(RED.getRed(), pixels[0] & 0xff, 2);
    assertEquals(RED.getGreen(), pixels[1] & 0xff, 2);
    assertEquals(RED.getBlue(), pixels[2] & 0xff, 2);
    assertArrayEquals(
        new int[] {128, 128, 128},
        new int[] {
          pixels[pixels.length - 3] & 0xff,
          pixels[pixels.length - 2] & 0xff,
          pixels[pixels.length - 1] & 0xff
        });
  }

  private static List<FaceFrame> extract(Path file, FaceSpec spec) {
    ExtractionConfig defaults = ExtractionConfig.defaults();
    ExtractionConfig config =
        new ExtractionConfig(defaults.sampling(), defaults.decoding(), defaults.detector(), spec);
    List<FaceFrame> faces = new ArrayList<>();
    FaceExtractor extractor = new FaceExtractor(DetectorPool.of(new Middle()), config);
    new PhotographExtractor(extractor, true).extract(file, "v", 1, List.of(), faces::add);
    return faces;
  }

  /** One face in the middle of every frame. */
  private static final class Middle implements FaceDetector {
    @Override
    public List<DetectedFace> detect(GrayImage frame) {
      int side = 80;
      FaceBox box =
          new FaceBox(frame.width() / 2f - side / 2f, frame.height() / 2f - side / 2f, side, side);
      return List.of(new DetectedFace(box, List.of(), 1));
    }

    @Override
    public String recipe() {
      return "middle";
    }

    @Override
    public void close() {
      // Nothing to free.
    }
  }

  private static JsonNode recipe(FaceSpec spec) throws Exception {
    return new ObjectMapper().readTree(spec.recipe("luma", "detector").json());
  }

  private static ModelManifest manifest(FaceShape shape, JsonNode recipe) {
    return ModelManifest.builder()
        .input(new ModelManifest.Input("faces", shape))
        .extraction("digest", recipe)
        .build();
  }
}
