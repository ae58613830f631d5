package io.framewarden.schemas.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An artifact folder whose every byte has been checked against its manifest. Immutable; the folder
 * must not change while it is in use.
 */
public final class ModelArtifact {
  /** The manifest's file name in the folder. */
  public static final String MANIFEST = "manifest.json";

  /** The ONNX graph's file name in the folder. */
  public static final String MODEL = "model.onnx";

  private static final String GOLDEN_FACES = "golden/faces.";
  private static final String GOLDEN_LOGITS = "golden/logits.json";

  private final Path folder;
  private final String digest;
  private final ModelManifest manifest;

  private ModelArtifact(Path folder, String digest, ModelManifest manifest) {
    this.folder = folder;
    this.digest = digest;
    this.manifest = manifest;
  }

  /**
   * Opens a folder: reads the manifest and compares the sha256 of every file it names.
   *
   * @throws InvalidArtifactException when the manifest is missing or unreadable, names a file
   *     outside the folder or a missing one, or a file is not what the manifest says, or the folder
   *     holds a file that the manifest does not name
   */
  public static ModelArtifact open(Path folder) {
    byte[] json = read(folder, folder.resolve(MANIFEST));
    ArtifactChecks.checkPlain(folder, MANIFEST);
    ModelManifest manifest = parse(folder.toString(), json);
    ArtifactChecks.check(folder, manifest);
    return new ModelArtifact(folder, Sha256.of(json), manifest);
  }

  /**
   * Reads a manifest before its files are fetched. It is checked that its fields are there and that
   * every file it names lies in the artifact's folder; the files themselves are not read.
   *
   * @param source where the manifest is from, for the message
   * @throws InvalidArtifactException when it cannot be read or is not sound
   */
  public static ModelManifest readManifest(String source, byte[] json) {
    ModelManifest manifest = parse(source, json);
    ArtifactChecks.checkManifest(source, manifest);
    return manifest;
  }

  /**
   * Completes a folder that holds {@code model.onnx} and, if there is one, a report: writes the
   * golden files and the manifest with the sha256 of everything.
   *
   * @param draft the manifest; its {@code golden} and {@code files} are filled in here
   * @param goldenFaces faces of the manifest's input shape, at least one
   * @param goldenLogits their logits as the exporting engine computed them
   * @throws IllegalArgumentException when the golden faces and logits do not fit each other or the
   *     input
   * @throws IOException when a file cannot be written
   */
  public static ModelArtifact write(
      Path folder, ModelManifest draft, List<byte[]> goldenFaces, double[] goldenLogits)
      throws IOException {
    checkGolden(draft.input(), goldenFaces, goldenLogits);
    Files.createDirectories(folder.resolve("golden"));
    String facesFile = GOLDEN_FACES + draft.input().format();
    try (var out = Files.newOutputStream(folder.resolve(facesFile))) {
      for (byte[] face : goldenFaces) {
        out.write(face);
      }
    }
    Files.write(folder.resolve(GOLDEN_LOGITS), ManifestJson.writeLogits(goldenLogits));
    Files.deleteIfExists(folder.resolve(MANIFEST));
    ModelManifest manifest =
        draft.toBuilder()
            .golden(new ModelManifest.Golden(facesFile, GOLDEN_LOGITS, goldenFaces.size()))
            .files(digests(folder))
            .build();
    Files.write(folder.resolve(MANIFEST), ManifestJson.write(manifest));
    return open(folder);
  }

  /** The artifact's folder. */
  public Path folder() {
    return folder;
  }

  /** Lower-case hex sha256 of the manifest, by which scores and verdicts refer to this model. */
  public String digest() {
    return digest;
  }

  /** The manifest. */
  public ModelManifest manifest() {
    return manifest;
  }

  /** The file of the ONNX graph. */
  public Path model() {
    return folder.resolve(MODEL);
  }

  /**
   * Reads the golden faces, each of the manifest's input shape.
   *
   * @throws InvalidArtifactException when the file does not hold as many as the manifest says
   */
  public List<byte[]> goldenFaces() {
    ModelManifest.Golden golden = manifest.golden();
    byte[] all = read(folder, folder.resolve(golden.faces()));
    int size = manifest.input().shape().bytes();
    if (golden.count() < 1 || all.length != (long) golden.count() * size) {
      throw new InvalidArtifactException(
          folder + ": " + golden.faces() + " does not hold " + golden.count() + " faces");
    }
    List<byte[]> faces = new ArrayList<>(golden.count());
    for (int i = 0; i < golden.count(); i++) {
      faces.add(Arrays.copyOfRange(all, i * size, (i + 1) * size));
    }
    return faces;
  }

  /**
   * Reads the logits that any engine must give for {@link #goldenFaces()}.
   *
   * @throws InvalidArtifactException when the file does not hold as many as the manifest says
   */
  public double[] goldenLogits() {
    String file = manifest.golden().logits();
    try {
      double[] logits = ManifestJson.readLogits(read(folder, folder.resolve(file)));
      if (logits.length != manifest.golden().count()) {
        throw new InvalidArtifactException(
            folder
                + ": "
                + file
                + " holds "
                + logits.length
                + " logits, the manifest says "
                + manifest.golden().count());
      }
      return logits;
    } catch (IOException e) {
      throw new InvalidArtifactException(folder + ": " + file + " is not an array of logits", e);
    }
  }

  private static void checkGolden(ModelManifest.Input input, List<byte[]> faces, double[] logits) {
    int size = input.shape().bytes();
    if (faces.isEmpty() || faces.size() != logits.length) {
      throw new IllegalArgumentException(
          faces.size() + " golden faces with " + logits.length + " logits");
    }
    for (byte[] face : faces) {
      if (face.length != size) {
        throw new IllegalArgumentException(
            "a golden face of " + face.length + " bytes, the input takes " + size);
      }
    }
  }

  private static ModelManifest parse(String source, byte[] json) {
    try {
      return ManifestJson.read(json);
    } catch (IOException e) {
      throw new InvalidArtifactException(
          source + ": " + MANIFEST + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static byte[] read(Path folder, Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new InvalidArtifactException(
          folder + ": no " + folder.relativize(file) + " there, so it is no model artifact", e);
    } catch (IOException e) {
      throw new InvalidArtifactException(folder + ": cannot read " + file.getFileName(), e);
    }
  }

  private static Map<String, String> digests(Path folder) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    Path root = folder.toRealPath(); // a walk that starts at a link would see nothing
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = root.relativize(file).toString().replace('\\', '/');
        digests.put(name, Sha256.of(file));
      }
    }
    return digests;
  }
}
