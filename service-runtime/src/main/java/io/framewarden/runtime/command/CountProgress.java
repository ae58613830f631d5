package io.framewarden.runtime.command;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far a count is, on a terminal's standard error; nowhere else, where it would fill logs. */
public final class CountProgress implements AutoCloseable {
  private final ProgressBar bar;

  private CountProgress(ProgressBar bar) {
    this.bar = bar;
  }

  public static CountProgress of(String task, long total) {
    ProgressBarBuilder builder =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(total)
            .setStyle(ProgressBarStyle.ASCII)
            .showSpeed()
            .clearDisplayOnFinish();
    return new CountProgress(
        (TaskProgress.onTerminal() ? builder : builder.setConsumer(new TaskProgress.Silent()))
            .build());
  }

  /** So many are done. */
  public void at(long count) {
    bar.stepTo(count);
  }

  /** So many are done, with a note that stands beside the bar. */
  public void at(long count, String note) {
    bar.stepTo(count);
    bar.setExtraMessage(" " + note);
  }

  @Override
  public void close() {
    bar.close();
  }
}
