package io.framewarden.benchmarks.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No product jar, and nothing beside one, holds what only tests, benchmarks or experiments use. */
class ProductJarsIT {
  private static final List<Modules> RUNNABLE =
      List.of(
          Modules.INGEST_SERVICE, Modules.DETECTOR_SERVICE, Modules.TRAINER, Modules.STANDALONE);

  private static final Pattern FOREIGN =
      Pattern.compile(
          "io/framewarden/(?:testkit|benchmarks|(?:.*/)?experiment)/.*"
              + "|org/(?:junit|openjdk/jmh)/.*|com/tngtech/archunit/.*");

  @ParameterizedTest
  @MethodSource("io.framewarden.benchmarks.build.Modules#product")
  void holdNothingOfTheWorkshop(Modules module) throws IOException {
    Path jar = module.target().resolve(module.folder() + ".jar");
    assertTrue(Files.isRegularFile(jar), jar + " is missing: this runs after package");
    List<Path> jars = new ArrayList<>(List.of(jar));
    if (RUNNABLE.contains(module)) {
      jars.addAll(libraries(module));
    }
    List<String> foreign = new ArrayList<>();
    for (Path each : jars) {
      try (JarFile file = new JarFile(each.toFile())) {
        file.stream()
            .map(entry -> entry.getName())
            .filter(name -> FOREIGN.matcher(name).matches())
            .forEach(name -> foreign.add(each.getFileName() + ": " + name));
      }
    }
    assertEquals(List.of(), foreign);
  }

  private static List<Path> libraries(Modules module) throws IOException {
    Path folder = module.target().resolve("lib");
    assertTrue(Files.isDirectory(folder), folder + " is missing: this runs after package");
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }
}
