package io.framewarden.docs;

import io.framewarden.benchmarks.command.BenchMain;
import io.framewarden.standalone.FramewardenMain;
import io.framewarden.testkit.CommandRun;
import io.framewarden.trainer.command.TrainerMain;
import io.framewarden.trainer.experiment.command.ExperimentMain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import picocli.CommandLine;

/** The programs behind the framewarden command. */
enum CommandTree {
  STANDALONE("standalone", FramewardenMain.class, FramewardenMain::run),
  TRAINER("trainer", TrainerMain.class, TrainerMain::run),
  EXPERIMENTS("trainer", ExperimentMain.class, ExperimentMain::run),
  BENCHMARKS("benchmarks", BenchMain.class, BenchMain::run);

  private final String module;
  private final Class<?> root;
  private final CommandRun.Command command;

  CommandTree(String module, Class<?> root, CommandRun.Command command) {
    this.module = module;
    this.root = root;
    this.command = command;
  }

  /** The program that has a subcommand; the product's own where none has. */
  static CommandTree of(List<String> arguments) {
    for (CommandTree tree : values()) {
      if (!arguments.isEmpty() && tree.subcommands().contains(arguments.get(0))) {
        return tree;
      }
    }
    return STANDALONE;
  }

  /** The module whose jar has the program. */
  String module() {
    return module;
  }

  Set<String> subcommands() {
    return new TreeSet<>(line().getSubcommands().keySet());
  }

  /** What every command prints for --help, by its whole name, as in "framewarden token create". */
  Map<String, String> help() {
    Map<String, String> pages = new TreeMap<>();
    addHelp(line(), pages);
    return pages;
  }

  private static void addHelp(CommandLine line, Map<String, String> pages) {
    pages.put(
        line.getCommandSpec().qualifiedName(), line.getUsageMessage(CommandLine.Help.Ansi.OFF));
    line.getSubcommands().values().forEach(below -> addHelp(below, pages));
  }

  CommandRun run(List<String> arguments) {
    return CommandRun.of(command, arguments.toArray(String[]::new));
  }

  /**
   * Parses a command line without running it.
   *
   * @throws CommandLine.ParameterException when it could not be run
   */
  void parse(List<String> arguments) {
    line().parseArgs(arguments.toArray(String[]::new));
  }

  /** The words of a command line that no command or option has as its name. */
  static List<String> unknown(List<String> arguments) {
    CommandLine line = of(arguments).line();
    List<String> unknown = new ArrayList<>();
    boolean named = true;
    for (String word : arguments) {
      String name = word.replaceAll("=.*", "");
      if (named && line.getSubcommands().containsKey(word)) {
        line = line.getSubcommands().get(word);
      } else if (name.startsWith("-")) {
        named = false;
        if (line.getCommandSpec().findOption(name) == null) {
          unknown.add(word);
        }
      } else if (named && line.getParent() == null) {
        unknown.add(word);
        named = false;
      } else {
        named = false;
      }
    }
    return unknown;
  }

  private CommandLine line() {
    return new CommandLine(root).setCaseInsensitiveEnumValuesAllowed(true);
  }
}
