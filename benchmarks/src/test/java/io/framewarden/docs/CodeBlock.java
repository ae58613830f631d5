package io.framewarden.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block of a page.
 *
 * @param page where it stands
 * @param runs whether the comment {@code <!-- runs -->} stands before it: its commands are run by a
 *     test
 * @param language what is written behind the fence
 * @param text between the fences
 * @param output the first line of the block of text that follows at once; empty where there is none
 */
record CodeBlock(Path page, boolean runs, String language, String text, String output) {
  private static final Pattern FENCED =
      Pattern.compile(
          "(?m)^(<!-- runs -->\\n)?```(\\w*)\\n((?:(?!```).*\\n)*)```\\n(?:\\n```text\\n(.*)\\n)?");

  /** Those of every page. */
  static List<CodeBlock> all() {
    return Repository.pages().stream().flatMap(page -> in(page).stream()).toList();
  }

  /** The commands of a block of shell. */
  List<ShellCommand> commands() {
    return language.matches("sh|") ? ShellCommand.in(text) : List.of();
  }

  /** The page's path, for messages. */
  String name() {
    return Repository.name(page);
  }

  static List<CodeBlock> in(Path page) {
    List<CodeBlock> blocks = new ArrayList<>();
    Matcher fenced = FENCED.matcher(Repository.text(page));
    int from = 0;
    while (fenced.find(from)) {
      blocks.add(
          new CodeBlock(
              page,
              fenced.group(1) != null,
              fenced.group(2),
              fenced.group(3),
              fenced.group(4) == null ? "" : fenced.group(4)));
      from = fenced.group(4) == null ? fenced.end() : fenced.end(3) + "```\n".length();
    }
    return blocks;
  }
}
