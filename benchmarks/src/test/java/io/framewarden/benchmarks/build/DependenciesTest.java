package io.framewarden.benchmarks.build;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which way the arrows between packages and modules point, read from the compiled classes. */
@Tag("slow")
class DependenciesTest {
  private static JavaClasses classes;

  @BeforeAll
  static void read() {
    List<Path> folders =
        Stream.of(Modules.values()).map(module -> module.target().resolve("classes")).toList();
    folders.forEach(
        folder -> assertTrue(Files.isDirectory(folder), folder + " is missing: build it first"));
    classes = new ClassFileImporter().importPaths(folders);
  }

  @Test
  void packagesFormNoCycles() {
    slices().matching("io.framewarden.(**)").should().beFreeOfCycles().check(classes);
  }

  @ParameterizedTest
  @EnumSource(Modules.class)
  void modulesDependOnlyOnModulesBeforeThem(Modules module) {
    for (Modules later : Modules.values()) {
      if (later.ordinal() > module.ordinal()) {
        noClasses()
            .that()
            .resideInAnyPackage(module.packages())
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(later.packages())
            .because(module.folder() + " stands before " + later.folder())
            .check(classes);
      }
    }
  }
}
