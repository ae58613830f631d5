package io.framewarden.schemas.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The reasons for which an artifact folder is refused. */
final class ArtifactChecks {
  private ArtifactChecks() {}

  static void check(Path folder, ModelManifest manifest) {
    checkFields(folder, manifest);
    for (Map.Entry<String, String> file : manifest.files().entrySet()) {
      checkFile(folder, file.getKey(), file.getValue());
    }
    checkNothingElse(folder, manifest);
  }

  private static void checkFields(Path folder, ModelManifest manifest) {
    if (manifest.formatVersion() != ModelManifest.FORMAT_VERSION) {
      throw new InvalidArtifactException(
          folder
              + ": manifest format "
              + manifest.formatVersion()
              + ", this version reads "
              + ModelManifest.FORMAT_VERSION);
    }
    require(folder, "name", manifest.name());
    require(folder, "version", manifest.version());
    require(folder, "input", manifest.input());
    require(folder, "extractionDigest", manifest.extractionDigest());
    require(folder, "calibration", manifest.calibration());
    require(folder, "operatingPoints", manifest.operatingPoints());
    require(folder, "golden", manifest.golden());
    require(folder, "files", manifest.files());
    for (String name :
        List.of(ModelArtifact.MODEL, manifest.golden().faces(), manifest.golden().logits())) {
      if (!manifest.files().containsKey(name)) {
        throw new InvalidArtifactException(folder + ": the manifest gives no sha256 for " + name);
      }
    }
  }

  private static void checkFile(Path folder, String name, String expected) {
    Path root = folder.toAbsolutePath().normalize();
    Path file = root.resolve(name).normalize();
    if (Path.of(name).isAbsolute() || !file.startsWith(root) || file.equals(root)) {
      throw new InvalidArtifactException(
          folder + ": the manifest names a file outside the folder: " + name);
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new InvalidArtifactException(folder + ": " + name + " is missing or not a plain file");
    }
    String actual = digest(folder, file);
    if (!actual.equals(expected)) {
      throw new InvalidArtifactException(
          folder + ": " + name + " has sha256 " + actual + ", the manifest says " + expected);
    }
  }

  private static void checkNothingElse(Path folder, ModelManifest manifest) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(path -> !Files.isDirectory(path)).toList()) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        if (!name.equals(ModelArtifact.MANIFEST) && !manifest.files().containsKey(name)) {
          throw new InvalidArtifactException(
              folder + ": " + name + " is there but the manifest does not name it");
        }
      }
    } catch (IOException e) {
      throw new InvalidArtifactException(folder + ": cannot be listed", e);
    }
  }

  private static String digest(Path folder, Path file) {
    try {
      return Sha256.of(file);
    } catch (IOException e) {
      throw new InvalidArtifactException(folder + ": cannot read " + file.getFileName(), e);
    }
  }

  private static void require(Path folder, String field, Object value) {
    if (Objects.toString(value, "").isBlank()) {
      throw new InvalidArtifactException(folder + ": the manifest has no " + field);
    }
  }
}
