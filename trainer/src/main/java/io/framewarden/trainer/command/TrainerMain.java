package io.framewarden.trainer.command;

/** Runs the trainer's commands. */
public final class TrainerMain {
  private TrainerMain() {}

  /** Starts the process. */
  public static void main(String[] arguments) {
    System.exit(TrainerCommand.run(arguments, null, null));
  }
}
