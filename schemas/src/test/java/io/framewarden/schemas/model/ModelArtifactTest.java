package io.framewarden.schemas.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.framewarden.v1.PixelFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelArtifactTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<byte[]> FACES =
      List.of(new byte[] {1, 2, 3, 4}, new byte[] {5, 6, 7, 8});
  private static final double[] LOGITS = {-1.25, 0.1};

  @TempDir Path temp;
  private Path folder;
  private ModelArtifact written;

  @BeforeEach
  void writeArtifact() throws IOException {
    folder = Files.createDirectories(temp.resolve("artifact"));
    Files.writeString(folder.resolve("model.onnx"), "graph");
    Files.writeString(folder.resolve("report.html"), "report");
    written = ModelArtifact.write(folder, draft(), FACES, LOGITS);
  }

  @Test
  void whatWasWrittenIsOpened() throws IOException {
    ModelArtifact opened = ModelArtifact.open(folder);
    assertEquals(written.manifest(), opened.manifest());
    assertEquals(Sha256.of(folder.resolve("manifest.json")), opened.digest());
    assertEquals("graph", Files.readString(opened.model()));
    assertArrayEquals(LOGITS, opened.goldenLogits());
    assertEquals(2, opened.goldenFaces().size());
    assertArrayEquals(FACES.get(1), opened.goldenFaces().get(1));
    assertEquals(
        List.of("golden/faces.gray8", "golden/logits.json", "model.onnx", "report.html"),
        opened.manifest().files().keySet().stream().sorted().toList());
  }

  @Test
  void facesOfEveryExtractionThatTheManifestNamesAreAccepted() {
    ModelManifest opened = ModelArtifact.open(folder).manifest();
    assertEquals(List.of("e1", "e2"), opened.extractionDigests());
    assertTrue(opened.accepts("e1") && opened.accepts("e2"));
    assertFalse(opened.accepts("e3") || opened.accepts(""));
    assertEquals(0.75, opened.extractions().get(0).metrics().get("heldout.auc"));
  }

  @Test
  void manifestsFromBeforeThereWereFurtherExtractionsCanBeRead() throws IOException {
    edit(manifest -> manifest.remove("extractions"));
    ModelManifest old = ModelArtifact.open(folder).manifest();
    assertEquals(List.of("e1"), old.extractionDigests());
    ModelArtifact.write(folder, old, FACES, LOGITS);
    assertFalse(Files.readString(folder.resolve("manifest.json")).contains("extractions"));
  }

  @Test
  void whatAModelDoesNotDetectIsKept() throws IOException {
    assertEquals("", ModelArtifact.open(folder).manifest().notDetected());
    ModelArtifact.write(
        folder, draft().toBuilder().notDetected("talking heads").build(), FACES, LOGITS);
    assertEquals("talking heads", ModelArtifact.open(folder).manifest().notDetected());
  }

  @Test
  void facesInColourHaveThreeBytesAPixel() throws IOException {
    ModelManifest colour =
        draft().toBuilder()
            .input(new ModelManifest.Input("faces", new FaceShape(1, 2, PixelFormat.RGB8)))
            .build();
    List<byte[]> faces = List.of(new byte[] {1, 2, 3, 4, 5, 6});
    Path other = Files.createDirectories(temp.resolve("colour"));
    Files.writeString(other.resolve("model.onnx"), "graph");

    ModelArtifact artifact = ModelArtifact.write(other, colour, faces, new double[] {1});

    assertEquals("rgb8 1x2", artifact.manifest().input().shape().toString());
    assertArrayEquals(faces.get(0), ModelArtifact.open(other).goldenFaces().get(0));
    assertTrue(Files.exists(other.resolve("golden/faces.rgb8")));
  }

  /** Manifests are older than the formats. */
  @Test
  void anInputWithoutAFormatIsGray() throws IOException {
    edit(manifest -> ((ObjectNode) manifest.get("input")).remove("format"));

    assertEquals(PixelFormat.GRAY8, ModelArtifact.open(folder).manifest().input().shape().format());
  }

  @Test
  void theSameContentHasTheSameDigestAndAnotherHasAnother() throws IOException {
    assertEquals(written.digest(), ModelArtifact.write(folder, draft(), FACES, LOGITS).digest());
    Files.writeString(folder.resolve("model.onnx"), "other");
    assertTrue(
        !written.digest().equals(ModelArtifact.write(folder, draft(), FACES, LOGITS).digest()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.onnx", "report.html", "golden/faces.gray8", "golden/logits.json"})
  void oneFlippedByteInAnyFileIsRefused(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(name));
    bytes[bytes.length / 2] ^= 1;
    Files.write(folder.resolve(name), bytes);
    assertRefused(name + " has sha256");
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.onnx", "report.html", "golden/faces.gray8", "golden/logits.json"})
  void aMissingFileIsRefused(String name) throws IOException {
    Files.delete(folder.resolve(name));
    assertRefused(name + " is missing");
  }

  @Test
  void aFolderWithoutManifestIsNoArtifact() throws IOException {
    Files.delete(folder.resolve("manifest.json"));
    assertRefused("no manifest.json");
    folder = temp.resolve("nowhere");
    assertRefused("no manifest.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"extra.bin", ".hidden", "golden/extra.bin"})
  void aFileThatTheManifestDoesNotNameIsRefused(String name) throws IOException {
    Files.writeString(folder.resolve(name), "x");
    assertRefused(name + " is there");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../outside.bin",
        "golden/../model.onnx",
        "./model.onnx",
        "golden//faces.gray8",
        "golden\\faces.gray8",
        "/etc/hostname",
        "nul\u0000byte",
        "..",
        "."
      })
  void aNameThatLeavesTheFolderOrHidesWhereItLeadsIsRefused(String name) throws IOException {
    Files.writeString(temp.resolve("outside.bin"), "x");
    String digest = Sha256.of(temp.resolve("outside.bin"));
    edit(manifest -> ((ObjectNode) manifest.get("files")).put(name, digest));
    assertRefused("outside the folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.onnx", "manifest.json"})
  void aLinkedFileIsRefusedEvenWithTheRightBytes(String name) throws IOException {
    Path moved = Files.move(folder.resolve(name), temp.resolve("moved"));
    Files.createSymbolicLink(folder.resolve(name), moved);
    assertRefused("links are refused");
  }

  @Test
  void aLinkedFolderIsRefusedEvenWithTheRightBytes() throws IOException {
    Path moved = Files.move(folder.resolve("golden"), temp.resolve("moved"));
    Files.createSymbolicLink(folder.resolve("golden"), moved);
    assertRefused("links are refused");
  }

  @Test
  void anExtraLinkedFolderIsRefused() throws IOException {
    Files.createSymbolicLink(folder.resolve("more"), temp);
    assertRefused("more is there");
  }

  @Test
  void anArtifactReachedThroughALinkIsFine() throws IOException {
    Path link = Files.createSymbolicLink(temp.resolve("current"), folder);
    assertEquals(written.digest(), ModelArtifact.open(link).digest());
    assertEquals(written.digest(), ModelArtifact.write(link, draft(), FACES, LOGITS).digest());
  }

  @Test
  void unknownMissingRepeatedAndTrailingJsonIsRefused() throws IOException {
    String good = Files.readString(folder.resolve("manifest.json"));
    for (String bad :
        new String[] {
          good.replaceFirst("\\{", "{\"surprise\": 1,"),
          good.replaceFirst("\"version\" : \"1\",", ""),
          good.replaceFirst("\\{", "{\"name\": \"other\","),
          good.replaceFirst("\"width\" : 2", "\"width\" : null"),
          good + "{}",
          "[]",
          ""
        }) {
      Files.writeString(folder.resolve("manifest.json"), bad);
      assertRefused("manifest.json cannot be read");
    }
  }

  @Test
  void nullAndBlankFieldsAreRefusedByName() throws IOException {
    for (String field :
        List.of(
            "name",
            "version",
            "extractionDigest",
            "extractions",
            "calibration",
            "golden",
            "files",
            "input")) {
      ModelArtifact.write(folder, draft(), FACES, LOGITS);
      edit(manifest -> manifest.putNull(field));
      assertRefused("no " + field);
    }
  }

  @Test
  void valuesOutOfRangeAreRefused() throws IOException {
    Map<String, Consumer<ObjectNode>> edits =
        Map.ofEntries(
            Map.entry("manifest format 2", m -> m.put("formatVersion", 2)),
            Map.entry(
                "input: a face cannot be 0x2", m -> ((ObjectNode) m.get("input")).put("width", 0)),
            Map.entry(
                "input: a face cannot be 2x100000",
                m -> ((ObjectNode) m.get("input")).put("height", 100_000)),
            Map.entry(
                "input: a pixel format is gray8 or rgb8, not bgr8",
                m -> ((ObjectNode) m.get("input")).put("format", "bgr8")),
            Map.entry(
                "realBelow <= fakeAt",
                m -> ((ObjectNode) m.get("operatingPoints").get(0)).put("realBelow", 0.9)),
            Map.entry("no extractions.digest", m -> extraction(m).put("digest", " ")),
            Map.entry("no extractions.metrics", m -> extraction(m).putNull("metrics")),
            Map.entry("names an extraction digest twice", m -> extraction(m).put("digest", "e1")),
            Map.entry("no golden.faces", m -> ((ObjectNode) m.get("golden")).putNull("faces")),
            Map.entry(
                "no sha256 for model.onnx",
                m -> ((ObjectNode) m.get("files")).remove("model.onnx")),
            Map.entry("cannot be read", m -> ((ObjectNode) m.get("calibration")).put("scale", -1)));
    for (Map.Entry<String, Consumer<ObjectNode>> edit : edits.entrySet()) {
      ModelArtifact.write(folder, draft(), FACES, LOGITS);
      edit(edit.getValue());
      assertRefused(edit.getKey());
    }
  }

  @Test
  void goldenFilesThatDoNotHoldWhatTheManifestCountsAreRefused() throws IOException {
    edit(manifest -> ((ObjectNode) manifest.get("golden")).put("count", 3));
    ModelArtifact opened = ModelArtifact.open(folder);
    assertThrows(InvalidArtifactException.class, opened::goldenFaces);
    assertThrows(InvalidArtifactException.class, opened::goldenLogits);
  }

  @Test
  void goldenFacesThatDoNotFitAreNotWritten() {
    assertThrows(
        IllegalArgumentException.class,
        () -> ModelArtifact.write(folder, draft(), List.of(), new double[0]));
    assertThrows(
        IllegalArgumentException.class,
        () -> ModelArtifact.write(folder, draft(), FACES, new double[] {1}));
    assertThrows(
        IllegalArgumentException.class,
        () -> ModelArtifact.write(folder, draft(), List.of(new byte[3]), new double[] {1}));
  }

  private static ObjectNode extraction(ObjectNode manifest) {
    return (ObjectNode) manifest.get("extractions").get(0);
  }

  private void assertRefused(String why) {
    InvalidArtifactException e =
        assertThrows(InvalidArtifactException.class, () -> ModelArtifact.open(folder), why);
    assertTrue(e.getMessage().contains(why), e.getMessage());
    assertTrue(e.getMessage().contains(folder.toString()), e.getMessage());
  }

  private void edit(Consumer<ObjectNode> change) throws IOException {
    Path file = folder.resolve("manifest.json");
    ObjectNode manifest = (ObjectNode) JSON.readTree(file.toFile());
    change.accept(manifest);
    JSON.writeValue(file.toFile(), manifest);
  }

  private static ModelManifest draft() {
    return ModelManifest.builder()
        .name("did")
        .version("1")
        .description("a graph for a test")
        .input(new ModelManifest.Input("faces", 2, 2))
        .extraction("e1", JSON.createObjectNode().put("size", 2))
        .extractions(
            List.of(
                new ModelManifest.Extraction(
                    "e2", JSON.createObjectNode().put("size", 2), Map.of("heldout.auc", 0.75))))
        .calibration(new Calibration("platt", 1.5, -0.25))
        .operatingPoints(List.of(new ModelManifest.OperatingPoint("balanced", 0.6, 0.4)))
        .training(
            new ModelManifest.Training(
                "none", List.of("self-blend"), List.of(), 0, 7, JSON.createObjectNode()))
        .metrics(Map.of("heldout.auc", 0.5))
        .build();
  }
}
