package io.framewarden.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the pages point to is there. */
class DocLinksTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
  private static final Pattern CLASS_NAME =
      Pattern.compile("`([A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+)`");

  @Test
  void everyLinkLeadsToAFileAndHeading() {
    List<String> broken = new ArrayList<>();
    for (Path page : Repository.pages()) {
      for (MatchResult link : LINK.matcher(Repository.text(page)).results().toList()) {
        String target = link.group(1);
        if (!target.contains("://") && !leadsSomewhere(page, target)) {
          broken.add(Repository.name(page) + ": " + target);
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  /** Of this project's own; classes of others are named in plain text. */
  @Test
  void everyClassThatAPageNamesExists() {
    Set<String> classes = new TreeSet<>();
    for (Path source : Repository.sources()) {
      classes.add(source.getFileName().toString().replace(".java", ""));
    }
    Set<String> missing = new TreeSet<>();
    for (Path page : Repository.pages()) {
      for (MatchResult name : CLASS_NAME.matcher(Repository.text(page)).results().toList()) {
        if (!classes.contains(name.group(1)) && !isMessage(name.group(1))) {
          missing.add(Repository.name(page) + ": " + name.group(1));
        }
      }
    }
    assertEquals(Set.of(), missing);
  }

  private static boolean isMessage(String name) {
    try {
      Class.forName("io.framewarden.v1." + name);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static boolean leadsSomewhere(Path page, String target) {
    int hash = target.indexOf('#');
    String file = hash < 0 ? target : target.substring(0, hash);
    Path path = file.isEmpty() ? page : page.getParent().resolve(file).normalize();
    if (!Files.exists(path)) {
      return false;
    }
    return hash < 0 || anchors(path).contains(target.substring(hash + 1));
  }

  /** As GitHub makes them of headings. */
  private static Set<String> anchors(Path page) {
    return HEADING
        .matcher(Repository.text(page))
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }
}
