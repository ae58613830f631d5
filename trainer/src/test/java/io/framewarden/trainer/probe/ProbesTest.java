package io.framewarden.trainer.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.trainer.dataset.DrawnArchive;
import io.framewarden.trainer.dataset.FaceSet;
import io.framewarden.trainer.dataset.FaceSetReader;
import io.framewarden.trainer.evaluation.BlurBaseline;
import io.framewarden.trainer.evaluation.FaceScorer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ProbesTest {
  @TempDir Path folder;

  @Test
  void modelThatMeasuresBlurFailsWhereQualityMustNotTell() throws IOException {
    Map<String, Probe> probes = probes(face -> 10 * BlurBaseline.score(face));
    assertTrue(probes.get("blur").value() > 1, probes.get("blur").toString());
    assertFalse(probes.get("blur").passed());
  }

  @Test
  void modelThatSaysNothingFailsWhereSomethingMustBeSeen() throws IOException {
    Map<String, Probe> probes = probes(face -> 0);
    for (String name : List.of("h264-160", "h264-112", "level-mismatch", "scale-mismatch")) {
      assertFalse(probes.get(name).passed(), name);
    }
    for (String name : List.of("blur", "jpeg", "h264-30", "border-only", "compression-only")) {
      assertTrue(probes.get(name).passed(), name);
    }
    assertEquals(0.5, probes.get("h264-160").value());
  }

  /** The mean level of the inner face against that of the border. */
  @Test
  void levelMismatchIsSeenByAModelThatMeasuresIt() throws IOException {
    Map<String, Probe> probes = probes(face -> Math.pow(contrast(face) - 60, 2) / 50);
    assertTrue(probes.get("level-mismatch").passed(), probes.get("level-mismatch").toString());
    assertTrue(probes.get("border-only").passed(), probes.get("border-only").toString());
  }

  @Test
  void withoutPhotographsThereIsNothingToProbe() throws IOException {
    FaceSet faces = read(new DrawnArchive().withoutPhotographs().reals(3));
    assertEquals(List.of(), Probes.of(faces, 10, scorer(face -> 0)));
  }

  private Map<String, Probe> probes(ToDoubleFunction<byte[]> score) throws IOException {
    FaceSet faces = read(new DrawnArchive().reals(16));
    return Probes.of(faces, 12, scorer(score)).stream()
        .collect(Collectors.toMap(Probe::name, Function.identity()));
  }

  private FaceSet read(DrawnArchive archive) throws IOException {
    return FaceSetReader.read(List.of(archive.write(folder.resolve("faces.fwa"))));
  }

  private static double contrast(byte[] face) {
    double inner = 0;
    double outer = 0;
    for (int y = 0; y < 224; y++) {
      for (int x = 0; x < 224; x++) {
        boolean middle = x >= 72 && x < 152 && y >= 80 && y < 140;
        inner += middle ? (face[y * 224 + x] & 0xff) / 4800.0 : 0;
        outer += x < 20 ? (face[y * 224 + x] & 0xff) / 4480.0 : 0;
      }
    }
    return inner - outer;
  }

  private static FaceScorer scorer(ToDoubleFunction<byte[]> score) {
    return new FaceScorer() {
      @Override
      public double[] logits(List<byte[]> faces) {
        return faces.stream().mapToDouble(score).toArray();
      }

      @Override
      public void close() {}
    };
  }
}
