package io.framewarden.trainer.run;

import io.framewarden.runtime.command.CountProgress;
import io.framewarden.runtime.command.TaskProgress;
import io.framewarden.trainer.training.TrainingListener;
import io.framewarden.trainer.training.TrainingProgress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A training's progress: a bar on a terminal, otherwise a line for each checkpoint. Called by the
 * training thread.
 */
public final class TrainingProgressBar implements TrainingListener, AutoCloseable {
  private static final float SMOOTHING = 0.98f;

  private final CountProgress bar;
  private final long steps;
  private final PrintWriter err;
  private float loss = Float.NaN;
  private String message = "";

  /**
   * @param steps of the whole run
   * @param err where lines are printed where there is no terminal
   */
  public TrainingProgressBar(long steps, PrintWriter err) {
    this.bar = CountProgress.of("training", steps);
    this.steps = steps;
    this.err = err;
  }

  @Override
  public void onStep(TrainingProgress progress) {
    float latest = progress.losses().get("total");
    loss = Float.isNaN(loss) ? latest : SMOOTHING * loss + (1 - SMOOTHING) * latest;
    message =
        String.format(Locale.ROOT, "loss %.3f, %.0f faces/s", loss, progress.facesPerSecond());
    bar.at(progress.step(), message);
  }

  @Override
  public void onCheckpoint(Path checkpoint, long step) {
    if (!TaskProgress.onTerminal()) {
      err.printf(
          "training: step %d of %d%s%n", step, steps, message.isEmpty() ? "" : ", " + message);
      err.flush();
    }
  }

  @Override
  public void close() {
    bar.close();
  }
}
