package io.framewarden.ingest.kafka;

import io.framewarden.extraction.extract.DecoderUnavailableException;
import io.framewarden.extraction.extract.ExtractionResult;
import io.framewarden.extraction.extract.ExtractionStage;
import io.framewarden.extraction.extract.FaceSink;
import io.framewarden.extraction.extract.StageTimer;
import io.framewarden.extraction.extract.StageTimes;
import io.framewarden.extraction.extract.VideoExtractor;
import io.framewarden.runtime.lifecycle.MicrosecondClock;
import io.framewarden.runtime.store.LocalCopy;
import io.framewarden.runtime.store.ObjectKeys;
import io.framewarden.runtime.store.ObjectStore;
import io.framewarden.runtime.store.StoreFullException;
import io.framewarden.schemas.model.Sha256;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.VideoMarker;
import io.framewarden.v1.VideoUpload;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One upload to its face frames and its marker. Whatever is wrong with the upload, its file or our
 * extraction, there is a marker that says so; only the sink's exceptions leave, and a decoder that
 * cannot be had at all. A video whose decoder broke down is tried once more. One thread per
 * instance.
 */
public final class UploadExtraction {
  private static final Logger LOG = LoggerFactory.getLogger(UploadExtraction.class);

  /** The highest attempt of this process, so that two within one millisecond still differ. */
  private static final AtomicLong LAST_ATTEMPT = new AtomicLong();

  /** With the pause between, ten minutes. */
  private static final int MAX_FETCH_ATTEMPTS = 60;

  private final ObjectStore store;
  private final VideoExtractor extractor;
  private final Duration pause;

  public UploadExtraction(ObjectStore store, VideoExtractor extractor) {
    this(store, extractor, Duration.ofSeconds(10));
  }

  /**
   * With another wait than ten seconds.
   *
   * @param pause before content that cannot be had now is asked for again
   */
  UploadExtraction(ObjectStore store, VideoExtractor extractor, Duration pause) {
    this.store = store;
    this.extractor = extractor;
    this.pause = pause;
  }

  /**
   * Extracts an upload.
   *
   * @param sink gets the face frames
   * @return the marker; publish it after the frames
   * @throws E what the sink throws
   * @throws CancellationException when the thread is interrupted
   * @throws DecoderUnavailableException when this machine cannot run a decoder: nothing is wrong
   *     with the upload, and no marker may say so
   */
  public <E extends Exception> VideoMarker run(VideoUpload upload, FaceSink<E> sink) throws E {
    return run(upload, sink, times -> {});
  }

  /**
   * Extracts an upload and tells where the time went.
   *
   * @param spent is called once, at the end, where the time went, as far as that is known: of a
   *     decoder that broke off only how long it was waited for
   */
  public <E extends Exception> VideoMarker run(
      VideoUpload upload, FaceSink<E> sink, Consumer<StageTimes> spent) throws E {
    long started = MicrosecondClock.now();
    long attempt = nextAttempt();
    StageTimes before = StageTimes.NONE;
    ExtractionResult result = extractOnce(upload, attempt, sink);
    if (brokeDown(result)) {
      LOG.warn("video {} is tried once more: {}", upload.getVideoId(), result.failureMessage());
      // A higher attempt, so that the frames of the one that broke off are counted nowhere.
      attempt = nextAttempt();
      before = result.times();
      result = lessToBlame(extractOnce(upload, attempt, sink), result);
    }
    spent.accept(before.plus(result.times()));
    return result
        .marker()
        .setVideoId(upload.getVideoId())
        .setAttempt(attempt)
        .setExtractionDigest(extractor.digest())
        .setSampling(extractor.sampling().text())
        .setTracking(extractor.tracking())
        .setContentSha256(upload.getContentSha256())
        .setReceivedTimeUs(upload.getReceivedTimeUs())
        .setStartedTimeUs(started)
        .setFinishedTimeUs(MicrosecondClock.now())
        .build();
  }

  private static boolean brokeDown(ExtractionResult result) {
    return result.failure() == FailureReason.DECODER_CRASHED
        || result.failure() == FailureReason.DECODER_INTERRUPTED;
  }

  /** Only a video that broke down both decoders that it was given is to blame for it. */
  private static ExtractionResult lessToBlame(ExtractionResult second, ExtractionResult first) {
    return second.failure() == FailureReason.DECODER_CRASHED
            && first.failure() == FailureReason.DECODER_INTERRUPTED
        ? ExtractionResult.failed(first.failure(), first.failureMessage()).plusTimes(second.times())
        : second;
  }

  private <E extends Exception> ExtractionResult extractOnce(
      VideoUpload upload, long attempt, FaceSink<E> sink) throws E {
    StageTimer fetching = new StageTimer();
    ExtractionResult result = fetchAndExtract(upload, attempt, sink, fetching);
    if (result.isFailed() && Thread.currentThread().isInterrupted()) {
      // Stores and files fail in many ways under a thread that is told to stop; none of them says
      // anything of the upload.
      throw new CancellationException("the extraction was told to stop");
    }
    return result.plusTimes(fetching.times());
  }

  private <E extends Exception> ExtractionResult fetchAndExtract(
      VideoUpload upload, long attempt, FaceSink<E> sink, StageTimer timer) throws E {
    LocalCopy content;
    try {
      content = timer.time(ExtractionStage.FETCH, () -> awaitContent(upload));
    } catch (SourceMismatchException e) {
      return ExtractionResult.failed(FailureReason.SOURCE_MISMATCH, e.getMessage());
    } catch (IOException | IllegalArgumentException e) {
      // The message reaches the uploader, so the store's paths stay in the log.
      LOG.warn("the content of video {} cannot be read: {}", upload.getVideoId(), e.toString());
      return ExtractionResult.failed(
          FailureReason.SOURCE_MISSING,
          "the upload's content cannot be read from the object store");
    }
    try (content) {
      return extract(content.path(), upload, attempt, sink);
    }
  }

  private <E extends Exception> ExtractionResult extract(
      Path file, VideoUpload upload, long attempt, FaceSink<E> sink) throws E {
    SinkGuard<E> guard = new SinkGuard<>(sink);
    try {
      return extractor.extract(file, upload.getVideoId(), attempt, guard);
    } catch (CancellationException | DecoderUnavailableException e) {
      throw e;
    } catch (RuntimeException e) {
      if (guard.failed) {
        throw e;
      }
      LOG.error("the extraction of video {} failed", upload.getVideoId(), e);
      return ExtractionResult.failed(
          FailureReason.EXTRACTION_FAILED,
          "the extraction itself failed; report this with the service's log: " + e);
    }
  }

  /** The content as it was uploaded; one of another size is not even fetched. */
  private LocalCopy fetchVerified(VideoUpload upload) throws IOException {
    URI source = URI.create(upload.getSourceUri());
    long bytes = store.size(source);
    if (upload.getSizeBytes() > 0 && bytes != upload.getSizeBytes()) {
      throw new SourceMismatchException(
          "the stored content has " + bytes + " bytes, not " + upload.getSizeBytes());
    }
    LocalCopy copy = store.local(source);
    boolean verified = false;
    try {
      if (!upload.getContentSha256().isEmpty()
          && !Sha256.of(copy.path()).equals(upload.getContentSha256())) {
        throw new SourceMismatchException("the stored content has another sha256");
      }
      verified = true;
      return copy;
    } finally {
      if (!verified) {
        copy.close();
      }
    }
  }

  /**
   * Waits for a full disk, from which other copies are deleted, for ten minutes, and for a store
   * that gives nothing out for as long as it lasts: no video is to blame for either.
   */
  private LocalCopy awaitContent(VideoUpload upload) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return fetchVerified(upload);
      } catch (SourceMismatchException | NoSuchFileException | AccessDeniedException e) {
        throw e; // of this object, and the same the next time
      } catch (IOException e) {
        if (Thread.currentThread().isInterrupted()
            || (attempt >= MAX_FETCH_ATTEMPTS && (e instanceof StoreFullException || answers()))) {
          throw e;
        }
        LOG.warn("video {} waits for its content: {}", upload.getVideoId(), e.toString());
        pause();
      }
    }
  }

  /** Whether the store tells what it has not: then it is the one object that it does not give. */
  private boolean answers() {
    try {
      store.size(store.uri(ObjectKeys.video("none")));
      return true;
    } catch (NoSuchFileException | AccessDeniedException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void pause() {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for the content");
    }
  }

  private static long nextAttempt() {
    long now = System.currentTimeMillis();
    return LAST_ATTEMPT.updateAndGet(last -> Math.max(last + 1, now));
  }

  private static final class SourceMismatchException extends IOException {
    private static final long serialVersionUID = 1L;

    SourceMismatchException(String what) {
      super(what + "; it was changed or damaged after the upload");
    }
  }

  /** Tells the sink's unchecked exceptions from the extraction's own. */
  private static final class SinkGuard<E extends Exception> implements FaceSink<E> {
    private final FaceSink<E> sink;
    private boolean failed;

    SinkGuard(FaceSink<E> sink) {
      this.sink = sink;
    }

    @Override
    public void accept(FaceFrame frame) throws E {
      failed = true;
      sink.accept(frame);
      failed = false;
    }
  }
}
