package io.framewarden.runtime.command;

import io.framewarden.schemas.text.VisibleText;
import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * How far a command is, on standard error: a bar on a terminal, otherwise a line for each thing
 * done.
 */
public interface TaskProgress extends AutoCloseable {

  /** One more of the things to do is done. */
  void done(String what);

  /** What is going on right now. */
  void note(String what);

  @Override
  void close();

  /**
   * @param total how many things there are to do
   */
  static TaskProgress of(String task, int total, PrintWriter err) {
    return onTerminal() ? new Bar(task, total) : new Lines(task, total, err);
  }

  /** Whether standard error is a terminal; the script that starts the program looks. */
  static boolean onTerminal() {
    return Boolean.getBoolean("framewarden.terminal");
  }

  /** For a person who watches. */
  final class Bar implements TaskProgress {
    private final ProgressBar bar;

    Bar(String task, int total) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(100)
              .clearDisplayOnFinish()
              .build();
    }

    @Override
    public void done(String what) {
      bar.step();
      bar.setExtraMessage(" " + VisibleText.of(what));
    }

    @Override
    public void note(String what) {
      bar.setExtraMessage(" " + VisibleText.of(what));
    }

    @Override
    public void close() {
      bar.close();
    }
  }

  /** For a log. */
  final class Lines implements TaskProgress {
    private final String task;
    private final int total;
    private final PrintWriter err;
    private int count;

    public Lines(String task, int total, PrintWriter err) {
      this.task = task;
      this.total = total;
      this.err = err;
    }

    @Override
    public void done(String what) {
      count++;
      err.println(task + ": " + count + " of " + total + ": " + VisibleText.of(what));
      err.flush();
    }

    @Override
    public void note(String what) {
      // a log wants what is done, not every moment on the way
    }

    @Override
    public void close() {
      err.flush();
    }
  }

  /** Where a bar goes that nobody watches. */
  final class Silent implements ProgressBarConsumer {
    private static final int ANY_LENGTH = 80;

    @Override
    public int getMaxRenderedLength() {
      return ANY_LENGTH;
    }

    @Override
    public void accept(String rendered) {
      // nobody watches
    }

    @Override
    public void close() {
      // nothing was opened
    }
  }
}
