package io.framewarden.standalone;

import io.framewarden.runtime.command.CommandLogging;
import io.framewarden.runtime.command.CommandRunner;
import io.framewarden.runtime.process.NativeLibraries;
import io.framewarden.standalone.command.data.DeadLettersCommand;
import io.framewarden.standalone.command.data.ReplayCommand;
import io.framewarden.standalone.command.decide.DecideCommand;
import io.framewarden.standalone.command.fetch.FetchCommand;
import io.framewarden.standalone.command.moderate.ModerateCommand;
import io.framewarden.standalone.command.release.ReleaseCommand;
import io.framewarden.standalone.command.serve.ServeCommand;
import io.framewarden.standalone.command.token.TokenCommand;
import io.framewarden.standalone.command.topics.TopicsCommand;
import io.framewarden.standalone.command.verdicts.VerdictsCommand;
import java.io.PrintWriter;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code framewarden} command. */
@Command(
    name = "framewarden",
    mixinStandardHelpOptions = true,
    versionProvider = FramewardenMain.Version.class,
    description = "Moderates video for face forgeries.",
    subcommands = {
      ModerateCommand.class,
      ServeCommand.class,
      VerdictsCommand.class,
      DecideCommand.class,
      DeadLettersCommand.class,
      ReplayCommand.class,
      ReleaseCommand.class,
      TokenCommand.class,
      TopicsCommand.class,
      FetchCommand.class
    },
    footer = {
      "",
      "The trainer's commands, each with --help of its own:",
      "  faces           Extract aligned faces from videos and photographs into a face archive.",
      "  dataset         Make data sets for the trainer.",
      "  train           Train a DID model from face archives.",
      "  train-landmarks  Train the landmark network of the extraction.",
      "  train-autoencoders  Train the autoencoders of a kind of pseudo-fakes.",
      "  evaluate        Measure a model on face archives, and draw a report.",
      "  probe           Tell in a minute whether a model can work on video.",
      "  export          Write a trained model as an artifact for the detector.",
      "  model           Import models of others, and show what a model says of itself.",
      "  calibrate       Choose a model's operating points by labelled faces.",
      "  reproduce       Run the chain behind one of the paper's tables.",
      "  ablate          Train the method without its parts, and table what each is worth.",
      "",
      "Benchmarks, each with --help of its own:",
      "  bench           Measure the pipeline and its parts.",
      "  bench-training  Measure what loading batches costs.",
      "  bench-backbone  Measure what a backbone takes: steps, memory, export.",
      "  bench-inference  Measure ONNX Runtime against libtorch on one graph."
    })
public final class FramewardenMain implements Runnable {
  @Spec private CommandSpec spec;

  /** The version that the build wrote into the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = FramewardenMain.class.getPackage().getImplementationVersion();
      return new String[] {"framewarden " + Objects.requireNonNullElse(version, "(development)")};
    }
  }

  public static void main(String[] args) {
    if (args.length > 0 && !args[0].equals("serve")) {
      CommandLogging.quiet();
    }
    NativeLibraries.prepare();
    Runtime.getRuntime().exit(run(args, null, null));
  }

  /**
   * Runs a command line.
   *
   * @param out where answers go; null for standard output
   * @param err where everything else goes; null for standard error
   * @return the exit status
   */
  public static int run(String[] args, PrintWriter out, PrintWriter err) {
    return new CommandRunner(new FramewardenMain(), error -> false).run(args, out, err);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command? --help lists them");
  }
}
