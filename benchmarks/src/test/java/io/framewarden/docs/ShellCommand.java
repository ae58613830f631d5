package io.framewarden.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One command of a page: a program, its arguments, and the variables set before it.
 *
 * @param text as the page has it, on one line
 */
record ShellCommand(String text, Map<String, String> variables, List<String> words) {
  private static final Pattern WORD =
      Pattern.compile("'([^']*)'|\"([^\"]*)\"|((?:[^\\s'\"\\\\]|\\\\.)+)");
  private static final Pattern ASSIGNMENT = Pattern.compile("([A-Z_]+)=(.*)");

  /** The commands of a code block: comments dropped, continued lines joined. */
  static List<ShellCommand> in(String block) {
    List<ShellCommand> commands = new ArrayList<>();
    for (String line : block.replace("\\\n", " ").split("\n")) {
      String bare = line.replaceAll("(^|\\s)#.*", "").strip();
      if (!bare.isEmpty()) {
        commands.add(parse(bare));
      }
    }
    return commands;
  }

  static ShellCommand parse(String line) {
    Map<String, String> variables = new TreeMap<>();
    List<String> words = new ArrayList<>();
    for (String token : tokens(line)) {
      Matcher assignment = ASSIGNMENT.matcher(token);
      if (words.isEmpty() && assignment.matches()) {
        variables.put(assignment.group(1), assignment.group(2));
      } else if (!token.equals("&")) {
        words.add(token);
      }
    }
    return new ShellCommand(line.replaceAll("\\s+", " "), variables, words);
  }

  /** Whether the framewarden command is called. */
  boolean isFramewarden() {
    return !words.isEmpty() && words.get(0).matches("(\\./)?framewarden");
  }

  /** What follows the program's name. */
  List<String> arguments() {
    return words.subList(1, words.size());
  }

  private static List<String> tokens(String line) {
    List<String> tokens = new ArrayList<>();
    StringBuilder token = new StringBuilder();
    Matcher part = WORD.matcher(line);
    int end = 0;
    while (part.find()) {
      if (part.start() > end && token.length() > 0) {
        tokens.add(token.toString());
        token.setLength(0);
      }
      for (int group = 1; group <= part.groupCount(); group++) {
        token.append(part.group(group) == null ? "" : part.group(group));
      }
      end = part.end();
    }
    if (token.length() > 0) {
      tokens.add(token.toString());
    }
    return tokens;
  }
}
