package io.framewarden.benchmarks.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The words and the size of main sources. */
class SourcesTest {
  private static final int MAX_LINES = 300;
  private static final int MAX_USUAL_LINES = 160;
  private static final double USUAL = 0.9;

  /**
   * Words of our own for what the field has a word for, where they were once used: frame, timeout,
   * dead letter, lease, maximum, synthetic, pool, index. In identifiers, texts and comments alike.
   */
  private static final Pattern BANISHED =
      Pattern.compile(
          String.join(
              "|",
              // FFmpeg's own constants keep their names.
              "(?i:(?<!AV_)picture|patience|glance|hand_?back|inbox|ledger|agenda|judged faces)",
              "(?i:desk(?!top)|shelf)",
              "(?i:\\bmade[ _]?(?:forger|video|scene))",
              "(?:\\b|(?<=_))(?:MOST|LEAST|LONGEST|HEAVIEST)_",
              // Whole words, or parts of an identifier: no screws are meant.
              "(?<![A-Za-z])(?i:bury|worn|crew)(?![a-z])",
              "(?<=[a-z])(?:Bury|Worn|Crew)(?![a-z])"));

  @Test
  void banishedWordsStayAway() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : Modules.mainSources()) {
      if (file.toString().endsWith(".onnx")) {
        continue; // a network, no text
      }
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        Matcher matcher = BANISHED.matcher(lines.get(i));
        if (matcher.find()) {
          found.add(
              "%s:%d: %s: %s".formatted(name(file), i + 1, matcher.group(), lines.get(i).strip()));
        }
      }
    }
    assertEquals(List.of(), found, () -> "banished words:\n" + String.join("\n", found));
  }

  /** Left to themselves these report to their makers, and unpack where others may have been. */
  @Test
  void othersEnginesAreStartedQuietly() throws IOException {
    List<String> loud = new ArrayList<>();
    for (Path file : Modules.mainSources()) {
      if (file.toString().endsWith(".java")) {
        String source = Files.readString(file);
        boolean runtime = source.matches("(?s).*OrtEnvironment(\\.|::)getEnvironment.*");
        boolean engine = source.matches("(?s).*(Engine\\.getEngine|newBaseManager)\\(.*");
        boolean quiet = source.contains("NativeLibraries.startOnnxRuntime(");
        if ((runtime && !quiet) || (engine && !source.contains("NativeLibraries.prepareDjl("))) {
          loud.add(name(file));
        }
      }
    }
    assertEquals(List.of(), loud, "start ONNX Runtime and DJL by NativeLibraries");
  }

  @Test
  void filesAreShort() throws IOException {
    List<Integer> sizes = new ArrayList<>();
    List<String> tooLong = new ArrayList<>();
    for (Path file : Modules.mainSources()) {
      if (file.toString().endsWith(".java")) {
        int lines = lines(file);
        sizes.add(lines);
        if (lines > MAX_LINES) {
          tooLong.add(name(file) + ": " + lines + " lines");
        }
      }
    }
    assertEquals(List.of(), tooLong, () -> "over " + MAX_LINES + " lines: " + tooLong);
    int usual = sizes.stream().sorted().toList().get((int) (USUAL * sizes.size()));
    assertTrue(usual <= MAX_USUAL_LINES, "one file in ten has more than " + usual + " lines");
  }

  private static int lines(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return (int) lines.count();
    }
  }

  private static String name(Path file) {
    return Modules.home().relativize(file).toString();
  }
}
