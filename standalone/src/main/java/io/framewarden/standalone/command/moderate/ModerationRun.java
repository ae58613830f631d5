package io.framewarden.standalone.command.moderate;

import io.framewarden.ingest.submission.FileNames;
import io.framewarden.ingest.submission.UploadRefusedException;
import io.framewarden.runtime.command.TaskProgress;
import io.framewarden.runtime.lifecycle.Health;
import io.framewarden.schemas.text.CountText;
import io.framewarden.standalone.command.verdicts.VerdictText;
import io.framewarden.standalone.pipeline.Pipeline;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Uploads files and waits for their verdicts; answers come out in the order of the files. */
final class ModerationRun {
  private static final long HEALTH_CHECK_MILLIS = 200;

  private final Pipeline pipeline;
  private final TaskProgress progress;
  private final Consumer<ModerationResult> answers;
  private final BlockingQueue<Verdict> received = new LinkedBlockingQueue<>();
  private final Map<String, Integer> waiting = new HashMap<>();
  private final List<ModerationResult> answered = new ArrayList<>();
  private int printed;

  /**
   * @param answers gets each answer as soon as all before it are there
   */
  ModerationRun(Pipeline pipeline, TaskProgress progress, Consumer<ModerationResult> answers) {
    this.pipeline = pipeline;
    this.progress = progress;
    this.answers = answers;
  }

  /** All answers, in the order of the files. */
  List<ModerationResult> run(List<Path> files) throws InterruptedException {
    pipeline.verdicts().listen(received::add);
    for (int index = 0; index < files.size(); index++) {
      answered.add(null);
      upload(index, files.get(index));
    }
    while (!waiting.isEmpty()) {
      requireHealthy();
      Verdict verdict = received.poll(HEALTH_CHECK_MILLIS, TimeUnit.MILLISECONDS);
      if (verdict != null) {
        handle(verdict, files);
      }
    }
    return answered;
  }

  private void upload(int index, Path file) {
    String name = FileNames.harmless(file.toString());
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      String message = file + " is no file that can be read; check the path and its permissions";
      refuse(index, file, FailureReason.SOURCE_MISSING, message);
      return;
    }
    try (InputStream content = Files.newInputStream(file)) {
      waiting.put(pipeline.uploads().accept(name, "moderate", content).getVideoId(), index);
    } catch (UploadRefusedException e) {
      refuse(index, file, e.reason(), e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be uploaded: " + e.getMessage(), e);
    }
  }

  private void refuse(int index, Path file, FailureReason reason, String message) {
    answer(index, new ModerationResult.Refused(file.toString(), reason, message));
    progress.done(file + " refused");
  }

  private void handle(Verdict verdict, List<Path> files) {
    Integer index = waiting.get(verdict.getVideoId());
    if (index == null) {
      return;
    }
    String file = files.get(index).toString();
    if (verdict.getStatus() == VerdictStatus.FINAL) {
      waiting.remove(verdict.getVideoId());
      answer(index, new ModerationResult.Judged(file, verdict));
      progress.done(file + " " + VerdictText.label(verdict));
    } else {
      int scored = verdict.getCompleteness().getScored();
      progress.note(file + ", " + CountText.of(scored, "face") + " scored");
    }
  }

  private void answer(int index, ModerationResult moderated) {
    answered.set(index, moderated);
    while (printed < answered.size() && answered.get(printed) != null) {
      answers.accept(answered.get(printed++));
    }
  }

  private void requireHealthy() {
    Health health = pipeline.health();
    if (health.isFailed()) {
      throw new IllegalStateException("the pipeline failed: " + health.detail());
    }
  }
}
