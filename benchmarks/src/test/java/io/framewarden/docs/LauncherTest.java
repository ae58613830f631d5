package io.framewarden.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script, in a folder that looks like a checkout, with a Java and a Maven that only write down
 * how they were called.
 */
class LauncherTest {
  private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");
  private static final String SOURCE = "schemas/src/main/java/Schema.java";

  @TempDir Path folder;
  private Path checkout;

  private record Answer(int status, String out, String err) {}

  @BeforeEach
  void makeACheckout() throws IOException {
    checkout = Files.createDirectories(folder.resolve("checkout"));
    write("pom.xml", "<project/>");
    for (String module :
        List.of("schemas", "service-runtime", "extraction", "ingest-service", "detector-service")) {
      write(module + "/pom.xml", "<project/>");
    }
    write("standalone/pom.xml", "<project/>");
    write("trainer/pom.xml", "<project/>");
    write(SOURCE, "class Schema {}");
    copyScript(checkout);
    program(
        "mvn",
        "echo mvn \"$@\" >>%s/calls; mkdir -p standalone/target/lib; date +%%N"
            + " >standalone/target/standalone.jar");
    program("java", "echo java \"$@\" >>%s/calls");
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
  }

  @Test
  void helpNeedsNeitherABuildNorJava() throws Exception {
    Files.delete(folder.resolve("jdk/bin/java"));
    assertPage("framewarden.txt", "--help");
    assertPage("framewarden.train.txt", "train", "--help");
    assertPage("framewarden.train.txt", "train", "faces.fwa", "--out", "run", "-h");
    assertPage("framewarden.release.publish.txt", "release", "publish", "--help");
    assertPage("framewarden.bench.txt", "bench", "training", "--help");
    assertPage("framewarden.txt", "help");
    assertPage("framewarden.token.create.txt", "help", "token", "create");
    assertPage("version.txt", "--version");
  }

  @Test
  void mistakesThatCanBeSeenAreToldBeforeABuild() throws Exception {
    assertUsage("there is no command trian", "trian", "faces.fwa");
    assertUsage("there is no option --prot; framewarden serve --help", "serve", "--prot=80");
    assertUsage("there is no option --stepz; framewarden train", "train", "a.fwa", "--stepz", "3");
    assertUsage("which command?");
    assertEquals(List.of(), calls());
  }

  @Test
  void otherNamesOfOptionsAreKnownAndWhatFollowsTwoDashesIsNotLookedAt() throws Exception {
    Answer answer = launch("dead-letters", "--bootstrap", "x:1", "--json", "--", "--no-option");
    assertEquals(0, answer.status(), answer.err());
  }

  @Test
  void theFirstCallBuildsAndTheSecondDoesNot() throws Exception {
    assertTrue(launch("verdicts").err().contains("building standalone"));
    assertEquals("", launch("verdicts").err());
    assertCalls("mvn", "java", "java");
    assertTrue(calls().get(1).endsWith("/standalone/target/standalone.jar verdicts"));
  }

  @Test
  void whatMavenBuiltIsUsedAsItIs() throws Exception {
    age("pom.xml", SOURCE);
    Files.createDirectories(checkout.resolve("standalone/target/lib"));
    write("standalone/target/standalone.jar", "a jar");
    assertEquals(0, launch("verdicts").status());
    assertCalls("java");
  }

  /** Maven writes a jar only when its own classes have changed, and the library beside it. */
  @Test
  void aJarThatIsOlderThanItsLibrariesIsNotBuiltAgain() throws Exception {
    write("standalone/target/standalone.jar", "a jar");
    age("pom.xml", "standalone/target/standalone.jar");
    write("standalone/target/lib/schemas.jar", "a jar of the source");
    assertEquals(0, launch("verdicts").status());
    assertCalls("java");
  }

  @Test
  void filesThatAreNewerButTheSameBuildNothing() throws Exception {
    launch("verdicts");
    writeLater(SOURCE, "class Schema {}");
    launch("verdicts");
    assertCalls("mvn", "java", "java");
    writeLater(SOURCE, "class Schema { int grown; }");
    launch("verdicts");
    assertCalls("mvn", "java", "java", "mvn", "java");
  }

  @Test
  void anotherJarThanTheOneThatWasBuiltIsNotTrusted() throws Exception {
    launch("verdicts");
    write("standalone/target/standalone.jar", "of other sources");
    writeLater(SOURCE, "class Schema {}");
    launch("verdicts");
    assertCalls("mvn", "java", "mvn", "java");
  }

  @Test
  void aDistributionNeedsNoSources() throws Exception {
    Path distribution = Files.createDirectories(folder.resolve("dist"));
    Files.createDirectories(distribution.resolve("jars"));
    copyScript(distribution);
    checkout = distribution;
    write("build/class-archive", "#!/bin/sh\necho archive \"$@\" >>" + folder + "/calls\n");
    assertTrue(distribution.resolve("build/class-archive").toFile().setExecutable(true));
    assertEquals("", launch("verdicts").err());
    assertEquals("", launch("train", "faces.fwa").err());
    assertTrue(launch("moderate", "a.mp4").err().contains("preparing quick starts (once"));
    assertEquals("", launch("moderate", "a.mp4").err());
    assertCalls("java", "java", "archive", "java", "java");
    assertTrue(
        calls().get(0).contains("-jar " + distribution.toRealPath() + "/jars/standalone.jar"));
    assertTrue(calls().get(1).contains("/jars/trainer.jar train faces.fwa"), calls().toString());
  }

  private void assertPage(String page, String... arguments) throws Exception {
    Answer answer = launch(arguments);
    assertEquals(0, answer.status(), answer.err());
    assertEquals(Repository.text(Repository.root().resolve("build/help/" + page)), answer.out());
    assertEquals("", answer.err());
    assertEquals(List.of(), calls());
  }

  private void assertUsage(String message, String... arguments) throws Exception {
    Answer answer = launch(arguments);
    assertEquals(2, answer.status(), answer.err());
    assertTrue(answer.err().contains(message), answer.err());
    assertFalse(answer.err().contains("building"), answer.err());
  }

  private void assertCalls(String... programs) throws IOException {
    assertEquals(List.of(programs), calls().stream().map(call -> call.split(" ", 2)[0]).toList());
  }

  private List<String> calls() throws IOException {
    Path calls = folder.resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  private Answer launch(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(checkout.resolve("framewarden").toString()));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder
        .environment()
        .merge("PATH", folder.resolve("jdk/bin").toString(), (old, own) -> own + ":" + old);
    int status = builder.start().waitFor();
    return new Answer(status, Files.readString(out), Files.readString(err));
  }

  private void program(String name, String script) throws IOException {
    Path file = folder.resolve("jdk/bin/" + name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + script.formatted(folder) + "\n");
    assertTrue(file.toFile().setExecutable(true));
  }

  private static void copyScript(Path to) throws IOException {
    Files.copy(
        Repository.root().resolve("framewarden"),
        to.resolve("framewarden"),
        StandardCopyOption.COPY_ATTRIBUTES);
    Path help = Files.createDirectories(to.resolve("build/help"));
    try (var pages = Files.list(Repository.root().resolve("build/help"))) {
      for (Path page : pages.toList()) {
        Files.copy(page, help.resolve(page.getFileName()));
      }
    }
  }

  private void write(String name, String text) throws IOException {
    Path file = checkout.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** With a time after that of everything that was built. */
  private void writeLater(String name, String text) throws IOException {
    write(name, text);
    Files.setLastModifiedTime(
        checkout.resolve(name), FileTime.from(Instant.now().plus(Duration.ofHours(1))));
  }

  private void age(String... names) throws IOException {
    for (String name : names) {
      Files.setLastModifiedTime(checkout.resolve(name), FileTime.from(LONG_AGO));
    }
  }
}
