package io.framewarden.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps build/help what the commands print, so that the script can answer without a program. */
class HelpPageTest {
  private static final String FOLDER = "build/help";
  private static final Pattern VERSION = Pattern.compile("\n  <version>([^<]+)</version>");

  @Test
  void everyCommandsPageIsWhatItPrints() throws IOException {
    Map<String, String> pages = pages();
    Files.createDirectories(Repository.root().resolve(FOLDER));
    for (Map.Entry<String, String> page : pages.entrySet()) {
      Repository.checkGenerated(FOLDER + "/" + page.getKey(), page.getValue());
    }
    assertEquals(pages.keySet(), files(), "delete the pages of commands that are gone");
  }

  private static Map<String, String> pages() {
    Map<String, String> pages = new TreeMap<>();
    for (CommandTree tree : CommandTree.values()) {
      tree.help().forEach((command, text) -> pages.put(command.replace(' ', '.') + ".txt", text));
    }
    // Of the programs' own pages the product's is the one that names the commands of all.
    pages.put("framewarden.txt", CommandTree.STANDALONE.help().get("framewarden"));
    pages.put("version.txt", "framewarden " + version() + "\n");
    return pages;
  }

  private static String version() {
    Matcher version = VERSION.matcher(Repository.text(Repository.root().resolve("pom.xml")));
    assertTrue(version.find());
    return version.group(1);
  }

  private static TreeSet<String> files() throws IOException {
    TreeSet<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(Repository.root().resolve(FOLDER))) {
      files.forEach(file -> names.add(file.getFileName().toString()));
    }
    return names;
  }
}
