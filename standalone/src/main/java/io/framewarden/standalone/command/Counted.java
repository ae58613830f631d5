package io.framewarden.standalone.command;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far a count is, on a terminal's standard error; nowhere else, where it would fill logs. */
final class Counted implements AutoCloseable {
  private final ProgressBar bar;

  private Counted(ProgressBar bar) {
    this.bar = bar;
  }

  static Counted of(String task, long total) {
    ProgressBarBuilder builder =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(total)
            .setStyle(ProgressBarStyle.ASCII)
            .showSpeed()
            .clearDisplayOnFinish();
    return new Counted(
        (Progress.onTerminal() ? builder : builder.setConsumer(new Progress.Silent())).build());
  }

  /** So many are done. */
  void at(long count) {
    bar.stepTo(count);
  }

  @Override
  public void close() {
    bar.close();
  }
}
