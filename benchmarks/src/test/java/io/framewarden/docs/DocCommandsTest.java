package io.framewarden.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Every command that a page shows is one that the program takes. */
@Tag("slow")
class DocCommandsTest {
  private static final Pattern INLINE =
      Pattern.compile("`((?:[A-Z_]+=\\S+\\s+)*(?:\\./)?framewarden\\s+[a-z-][^`]*)`");
  private static final Pattern PLACEHOLDER = Pattern.compile("[A-Z][A-Z_:]*");
  private static final Pattern VARIABLE = Pattern.compile("FRAMEWARDEN_[A-Z0-9_]*[A-Z0-9](_\\*)?");
  private static final int MIN_COMMANDS = 30;

  @Test
  void everyCommandOfACodeBlockParses() {
    List<String> problems = new ArrayList<>();
    int commands = 0;
    for (CodeBlock block : CodeBlock.all()) {
      for (ShellCommand command : block.commands()) {
        if (command.isFramewarden()) {
          commands++;
          problem(command)
              .ifPresent(text -> problems.add(block.name() + ": " + command.text() + ": " + text));
        }
      }
    }
    assertEquals(List.of(), problems);
    assertTrue(commands > MIN_COMMANDS, "only " + commands + " commands were found");
  }

  @Test
  void everyCommandThatTheTextNamesIsThereWithItsOptions() {
    List<String> unknown = new ArrayList<>();
    for (Path page : Repository.pages()) {
      for (MatchResult span : INLINE.matcher(Repository.text(page)).results().toList()) {
        ShellCommand command = ShellCommand.parse(span.group(1).replaceAll("[\\s\\[\\]]+", " "));
        CommandTree.unknown(command.arguments())
            .forEach(
                word -> unknown.add(Repository.name(page) + ": " + word + " in " + command.text()));
      }
    }
    assertEquals(List.of(), unknown);
  }

  @Test
  void everyVariableOnThePagesIsOneOfTheConfiguration() {
    String known = Repository.text(Repository.root().resolve("docs/configuration.md"));
    Set<String> unknown = new TreeSet<>();
    for (Path page : Repository.pages()) {
      for (MatchResult variable : VARIABLE.matcher(Repository.text(page)).results().toList()) {
        String name = variable.group();
        boolean listed = known.contains("`" + name + "`");
        boolean beginning = name.endsWith("*") && known.contains("`" + name.replace("*", ""));
        if (!listed && !beginning) {
          unknown.add(Repository.name(page) + ": " + name);
        }
      }
    }
    assertEquals(Set.of(), unknown);
  }

  @Test
  void theScriptStartsTheProgramThatHasTheCommand() {
    String script = Repository.text(Repository.root().resolve("framewarden"));
    Matcher choice = Pattern.compile("(?m)^  ([a-z |-]+)\\)\\n\\s+module=(\\w+)").matcher(script);
    Set<String> chosen = new TreeSet<>();
    while (choice.find()) {
      for (String name : choice.group(1).split(" \\| ")) {
        chosen.add(choice.group(2) + " " + name);
      }
    }
    Set<String> expected = new TreeSet<>();
    for (CommandTree tree : CommandTree.values()) {
      if (tree != CommandTree.STANDALONE) {
        tree.subcommands().forEach(name -> expected.add(tree.module() + " " + name));
      }
    }
    assertEquals(expected, chosen);
  }

  /** What the program would say, if anything; a word in capitals may stand for any value. */
  private static Optional<String> problem(ShellCommand command) {
    Optional<String> problem = parse(command.arguments());
    List<String> filled =
        command.arguments().stream()
            .map(word -> PLACEHOLDER.matcher(word).matches() ? "1" : word)
            .toList();
    return problem.isEmpty() || parse(filled).isEmpty() ? Optional.empty() : problem;
  }

  private static Optional<String> parse(List<String> arguments) {
    try {
      CommandTree.of(arguments).parse(arguments);
      return Optional.empty();
    } catch (CommandLine.ParameterException e) {
      return Optional.of(e.getMessage());
    }
  }
}
