package io.framewarden.trainer.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.framewarden.trainer.report.chart.Plot.Series;
import io.framewarden.trainer.report.chart.Plot.Style;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlotDrawingTest {
  private static final double[] XS = {0, 0.5, 1};
  private static final double[] YS = {0.2, 0.8, 0.6};

  @BeforeEach
  void needsFonts() {
    assumeTrue(PlotDrawing.unavailable().isEmpty(), () -> PlotDrawing.unavailable().orElse(""));
  }

  @Test
  void svgIsTitledAndNamesNothingElsewhere() {
    String svg = PlotDrawing.svg(plot(), Palette.LIGHT);
    assertTrue(svg.contains(">Losses &amp; more: nats over step</title"), svg);
    assertTrue(svg.contains("#1f6fb4") || svg.contains("rgb(31,111,180)"), svg);
    assertTrue(svg.contains("viewBox=\"0 0 560 400\""), svg.substring(0, 400));
    assertFalse(svg.replace("http://www.w3.org", "").contains("http://"));
    assertFalse(svg.contains("href"));
  }

  @Test
  void pngIsTwiceAsLargeAndNotEmpty() throws IOException {
    BufferedImage light = png(Palette.LIGHT);
    assertEquals(1120, light.getWidth());
    assertEquals(800, light.getHeight());
    assertEquals(0xffffffff, light.getRGB(1, 1));
    assertTrue(coloured(light, 0x1f6fb4) > 50);
    assertNotEquals(light.getRGB(1, 1), png(Palette.DARK).getRGB(1, 1));
  }

  @Test
  void everyStyleCanBeDrawn() {
    List<Series> all = new ArrayList<>();
    for (Style style : Style.values()) {
      all.add(new Series(style.name(), style, all.size(), XS, YS));
    }
    Plot plot = Plot.of("t", "x", "y", all).withX(Plot.Range.UNIT);
    String svg = PlotDrawing.svg(plot, Palette.DARK);
    for (Series one : all) {
      var rgb = Palette.DARK.series(one.colour());
      assertTrue(
          svg.contains("rgb(%d,%d,%d)".formatted(rgb.getRed(), rgb.getGreen(), rgb.getBlue())),
          one.name());
    }
  }

  @Test
  void seriesOfDifferentLengthsAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> new Series("s", Style.LINE, 0, XS, new double[] {1}));
  }

  private static BufferedImage png(Palette palette) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(PlotDrawing.png(plot(), palette)));
  }

  private static Plot plot() {
    return Plot.of(
        "Losses & more",
        "step",
        "nats",
        List.of(
            new Series("total", Style.LINE, 0, XS, YS),
            new Series("chance", Style.DASHED, Palette.GUIDE, XS, XS)));
  }

  private static int coloured(BufferedImage image, int colour) {
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += (image.getRGB(x, y) & 0xffffff) == colour ? 1 : 0;
      }
    }
    return count;
  }
}
