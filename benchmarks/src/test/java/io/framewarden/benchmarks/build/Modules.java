package io.framewarden.benchmarks.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The modules of this tree, and the files of their main sources. */
enum Modules {
  SCHEMAS("schemas", "io.framewarden.schemas..", "io.framewarden.v1.."),
  SERVICE_RUNTIME("service-runtime", "io.framewarden.runtime.."),
  EXTRACTION("extraction", "io.framewarden.extraction.."),
  INGEST_SERVICE("ingest-service", "io.framewarden.ingest.."),
  DETECTOR_SERVICE("detector-service", "io.framewarden.detector.."),
  TRAINER("trainer", "io.framewarden.trainer.."),
  STANDALONE("standalone", "io.framewarden.standalone.."),
  TESTKIT("testkit", "io.framewarden.testkit.."),
  BENCHMARKS("benchmarks", "io.framewarden.benchmarks..");

  private final String folder;
  private final List<String> packages;

  Modules(String folder, String... packages) {
    this.folder = folder;
    this.packages = List.of(packages);
  }

  /** The root of the tree. */
  static Path home() {
    return Path.of(System.getProperty("framewarden.home", "..")).toAbsolutePath().normalize();
  }

  /** What users get, from the root of the dependencies on. */
  static List<Modules> product() {
    return Stream.of(values()).filter(each -> each != TESTKIT && each != BENCHMARKS).toList();
  }

  /** The text files under {@code src/main} of all modules. */
  static List<Path> mainSources() throws IOException {
    try (Stream<Path> files =
        Stream.of(values())
            .map(each -> home().resolve(each.folder).resolve("src/main"))
            .flatMap(Modules::walk)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  String folder() {
    return folder;
  }

  /** In ArchUnit's notation. */
  String[] packages() {
    return packages.toArray(String[]::new);
  }

  Path target() {
    return home().resolve(folder).resolve("target");
  }

  private static Stream<Path> walk(Path folder) {
    try {
      return Files.walk(folder);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
