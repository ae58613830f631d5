package io.framewarden.trainer.run;

import io.framewarden.trainer.training.TrainingListener;
import io.framewarden.trainer.training.TrainingProgress;
import java.nio.file.Path;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress on standard error. Told by the training thread. */
public final class TrainingProgressBar implements TrainingListener, AutoCloseable {
  private static final int REFRESH_MILLIS = 500;
  private static final float MEMORY = 0.98f;

  private final ProgressBar bar;
  private float loss = Float.NaN;

  TrainingProgressBar(long steps) {
    this.bar = bar("training", steps);
  }

  /** A bar that writes to standard error. */
  public static ProgressBar bar(String task, long most) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(most)
        .setUpdateIntervalMillis(REFRESH_MILLIS)
        .setStyle(ProgressBarStyle.ASCII)
        .setConsumer(new ConsoleProgressBarConsumer(System.err))
        .build();
  }

  @Override
  public void stepDone(TrainingProgress progress) {
    float now = progress.losses().get("total");
    loss = Float.isNaN(loss) ? now : MEMORY * loss + (1 - MEMORY) * now;
    bar.stepTo(progress.step());
    bar.setExtraMessage(
        String.format(Locale.ROOT, " loss %.3f, %.0f faces/s", loss, progress.facesPerSecond()));
  }

  @Override
  public void checkpointWritten(Path checkpoint, long step) {
    bar.refresh();
  }

  @Override
  public void close() {
    bar.close();
  }
}
