package io.framewarden.schemas.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Checks an artifact folder against its manifest. Each check throws {@link
 * InvalidArtifactException}. Stateless.
 */
final class ArtifactChecks {
  private static final Pattern NAME_PART = Pattern.compile("[A-Za-z0-9._-]*[A-Za-z0-9_-]");

  private ArtifactChecks() {}

  static void check(Path folder, ModelManifest manifest) {
    checkManifest(folder.toString(), manifest);
    for (Map.Entry<String, String> file : manifest.files().entrySet()) {
      checkFile(folder, file.getKey(), file.getValue());
    }
    checkNothingElse(folder, manifest);
  }

  /** Checks the manifest alone; {@code folder} is for the message. */
  static void checkManifest(String folder, ModelManifest manifest) {
    checkFields(folder, manifest);
    manifest.files().keySet().forEach(name -> checkName(folder, name));
  }

  private static void checkFields(String folder, ModelManifest manifest) {
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
    require(folder, "extractions", manifest.extractions());
    manifest.extractions().forEach(extraction -> checkExtraction(folder, extraction));
    if (Set.copyOf(manifest.extractionDigests()).size() != manifest.extractions().size() + 1) {
      throw new InvalidArtifactException(
          folder + ": the manifest names an extraction digest twice");
    }
    require(folder, "calibration", manifest.calibration());
    require(folder, "operatingPoints", manifest.operatingPoints());
    require(folder, "golden", manifest.golden());
    require(folder, "files", manifest.files());
    require(folder, "golden.faces", manifest.golden().faces());
    require(folder, "golden.logits", manifest.golden().logits());
    checkInput(folder, manifest.input());
    manifest.operatingPoints().forEach(point -> checkOperatingPoint(folder, point));
    for (String name :
        List.of(ModelArtifact.MODEL, manifest.golden().faces(), manifest.golden().logits())) {
      if (!manifest.files().containsKey(name)) {
        throw new InvalidArtifactException(folder + ": the manifest gives no sha256 for " + name);
      }
    }
  }

  private static void checkExtraction(String folder, ModelManifest.Extraction extraction) {
    require(folder, "extractions", extraction);
    require(folder, "extractions.digest", extraction.digest());
    require(folder, "extractions.metrics", extraction.metrics());
  }

  private static void checkInput(String folder, ModelManifest.Input input) {
    require(folder, "input.name", input.name());
    try {
      input.shape();
    } catch (IllegalArgumentException e) {
      throw new InvalidArtifactException(folder + ": the manifest's input: " + e.getMessage(), e);
    }
  }

  private static void checkOperatingPoint(String folder, ModelManifest.OperatingPoint point) {
    require(folder, "operatingPoints", point);
    require(folder, "operatingPoints.name", point.name());
    if (!(0 <= point.realBelow() && point.realBelow() <= point.fakeAt() && point.fakeAt() <= 1)) {
      throw new InvalidArtifactException(
          folder
              + ": operating point "
              + point.name()
              + " needs 0 <= realBelow <= fakeAt <= 1, not "
              + point.realBelow()
              + " and "
              + point.fakeAt());
    }
  }

  private static void checkFile(Path folder, String name, String expected) {
    checkPlain(folder, name);
    Path file = folder.resolve(name);
    try {
      String actual = Sha256.of(file);
      if (!actual.equals(expected)) {
        throw new InvalidArtifactException(
            folder + ": " + name + " has sha256 " + actual + ", the manifest says " + expected);
      }
    } catch (IOException e) {
      throw new InvalidArtifactException(folder + ": cannot read " + file.getFileName(), e);
    }
  }

  /** Accepts plain relative names only, so that a file has one name and lies in the folder. */
  private static void checkName(String folder, String name) {
    for (String part : name.split("/", -1)) {
      if (part.equals("..") || !NAME_PART.matcher(part).matches()) {
        throw new InvalidArtifactException(
            folder
                + ": the manifest names a file outside the folder or by a name that is not allowed:"
                + " "
                + name);
      }
    }
  }

  /** Accepts a regular file that is reached without any link. */
  static void checkPlain(Path folder, String name) {
    try {
      Path real = folder.resolve(name).toRealPath();
      if (Files.isRegularFile(real) && real.equals(folder.toRealPath().resolve(name))) {
        return;
      }
    } catch (IOException e) {
      throw new InvalidArtifactException(folder + ": " + name + " is missing", e);
    }
    throw new InvalidArtifactException(
        folder + ": " + name + " is not a plain file in the folder (links are refused)");
  }

  private static void checkNothingElse(Path folder, ModelManifest manifest) {
    try (Stream<Path> files = Files.walk(folder.toRealPath())) {
      for (Path file : files.filter(ArtifactChecks::isNoFolder).toList()) {
        String name = folder.toRealPath().relativize(file).toString().replace('\\', '/');
        if (!name.equals(ModelArtifact.MANIFEST) && !manifest.files().containsKey(name)) {
          throw new InvalidArtifactException(
              folder + ": " + name + " is there but the manifest does not name it");
        }
      }
    } catch (IOException e) {
      throw new InvalidArtifactException(folder + ": cannot be listed", e);
    }
  }

  /** True for files and for links, even to folders. */
  private static boolean isNoFolder(Path path) {
    return !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static void require(String folder, String field, Object value) {
    if (Objects.toString(value, "").isBlank()) {
      throw new InvalidArtifactException(folder + ": the manifest has no " + field);
    }
  }
}
