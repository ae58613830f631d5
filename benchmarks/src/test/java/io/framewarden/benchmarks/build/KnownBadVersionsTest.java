package io.framewarden.benchmarks.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.benchmarks.build.KnownBadVersions.Found;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No library of the product has a hole that is known: {@code build/known-bad.txt}. */
class KnownBadVersionsTest {
  private static final Path LIST =
      Path.of(System.getProperty("framewarden.home", "..")).resolve("build/known-bad.txt");

  @TempDir Path folder;

  @Test
  void noKnownHoleIsOnTheClassPath() throws IOException {
    List<Found> libraries = KnownBadVersions.onClassPath(System.getProperty("java.class.path"));
    assertTrue(
        libraries.stream().anyMatch(found -> found.library().equals("org.bytedeco:ffmpeg")),
        "the class path's libraries are not recognised");
    assertEquals(List.of(), KnownBadVersions.read(LIST).problems(libraries));
  }

  @Test
  void tellsAnOldVersionOnItsOwnAndInsideAnotherJar() throws IOException {
    Path shaded = jar("fat.jar", "org.yaml", "snakeyaml", "1.33");
    Path own =
        jar("org/bytedeco/ffmpeg/8.0.1-1.5.13/ffmpeg-8.0.1-1.5.13-linux-x86_64.jar", "", "", "");
    String classPath = shaded + File.pathSeparator + own;
    List<String> problems =
        KnownBadVersions.read(LIST).problems(KnownBadVersions.onClassPath(classPath));
    assertEquals(2, problems.size(), problems.toString());
    assertTrue(problems.get(0).contains("CVE-2022-1471"), problems.get(0));
    assertTrue(problems.get(1).contains("CVE-2026-40962"), problems.get(1));
  }

  @Test
  void comparesVersionsByTheirNumbers() {
    assertTrue(KnownBadVersions.compare("8.0.1-1.5.13", "8.1.2") < 0);
    assertTrue(KnownBadVersions.compare("8.1.10-1.5.14", "8.1.2") > 0);
    assertEquals(0, KnownBadVersions.compare("2.0", "2.0.0"));
    assertTrue(KnownBadVersions.compare("33.7.1-jre", "32.0.0") > 0);
  }

  @Test
  void refusesAListThatItCannotRead() throws IOException {
    Path list = Files.writeString(folder.resolve("list"), "org.yaml:snakeyaml someday why\n");
    assertThrows(IOException.class, () -> KnownBadVersions.read(list));
  }

  private Path jar(String name, String group, String artifact, String version) throws IOException {
    Path jar = folder.resolve(name);
    Files.createDirectories(jar.getParent());
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      String parts = group.isEmpty() ? "other/other" : group + "/" + artifact;
      zip.putNextEntry(new ZipEntry("META-INF/maven/" + parts + "/pom.properties"));
      zip.write(
          ("groupId=" + group + "\nartifactId=" + artifact + "\nversion=" + version + "\n")
              .getBytes(StandardCharsets.ISO_8859_1));
    }
    return jar;
  }
}
