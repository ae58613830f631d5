package io.framewarden.ingest.sandbox;

import io.framewarden.extraction.extract.ExtractionResult;
import io.framewarden.extraction.extract.FaceSink;
import io.framewarden.ingest.sandbox.wire.JobDone;
import io.framewarden.ingest.sandbox.wire.JobProgress;
import io.framewarden.ingest.sandbox.wire.Message;
import io.framewarden.ingest.sandbox.wire.ProtocolException;
import io.framewarden.v1.FaceFrame;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One video through one child. Owns nothing; one thread. */
final class ChildExtraction {
  /** How long to listen before looking at the clock again. */
  private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** The most that counts of one wait: longer ones mean that the whole machine stood still. */
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final DecoderProcess child;
  private final ResponseValidator answers;
  private final DecodeDeadline patience;
  private final Consumer<String> fallback;
  private long clock;
  private long began;

  /**
   * @param fallback hears why processors decode the video, where a GPU was to
   */
  ChildExtraction(
      DecoderProcess child,
      ResponseValidator answers,
      DecodeDeadline patience,
      Consumer<String> fallback) {
    this.child = child;
    this.answers = answers;
    this.patience = patience;
    this.fallback = fallback;
  }

  /**
   * Extracts the video.
   *
   * @throws DecoderException when the child is of no more use
   * @throws E what the sink throws; the child is in the middle of the video then
   */
  <E extends Exception> ExtractionResult run(Path file, FaceSink<E> sink)
      throws E, DecoderException, InterruptedException {
    began = System.nanoTime();
    child.begin(file);
    clock = System.nanoTime();
    while (true) {
      Heard heard = heard(listen());
      if (heard.result().isPresent()) {
        return heard.result().get();
      }
      if (heard.face().isPresent()) {
        sink.accept(heard.face().get());
        clock = System.nanoTime(); // the sink's time is not the child's
      }
    }
  }

  private Message listen() throws DecoderException, InterruptedException {
    while (true) {
      Optional<Message> next = child.next(SLICE_NANOS);
      long now = System.nanoTime();
      patience.waited(Math.min(now - clock, LONGEST_NANOS));
      clock = now;
      Optional<DecoderException> end = patience.end();
      if (end.isPresent()) {
        throw end.get();
      }
      if (next.isPresent()) {
        return next.get();
      }
    }
  }

  /** What a message gave us: at most one of the two. */
  private record Heard(Optional<FaceFrame> face, Optional<ExtractionResult> result) {
    static final Heard NOTHING = new Heard(Optional.empty(), Optional.empty());
  }

  private Heard heard(Message message) throws DecoderException, InterruptedException {
    try {
      return switch (message.kind()) {
        case PROGRESS -> {
          patience.reached(answers.progress(JobProgress.readFrom(message.in())));
          yield Heard.NOTHING;
        }
        case FACE -> {
          FaceFrame face = answers.face(FaceFrame.parseFrom(message.payload()), child.takeFace());
          patience.moved();
          yield new Heard(Optional.of(face), Optional.empty());
        }
        case FELL_BACK -> {
          fallback.accept(answers.fallback(message.in().readUTF()));
          yield Heard.NOTHING;
        }
        case DONE ->
            new Heard(Optional.empty(), Optional.of(result(JobDone.readFrom(message.in()))));
        case SETUP, EXTRACT, READY, REFUSED ->
            throw new ProtocolException(message.kind() + " in the middle of a video");
      };
    } catch (IOException e) { // protobuf's own exception is one too
      throw new DecoderException(
          ExitCause.NONSENSE, "the decoder's answer is refused: " + e.getMessage());
    }
  }

  private ExtractionResult result(JobDone said) throws ProtocolException {
    if (said.number() != child.job()) {
      throw new ProtocolException("the answer to another question");
    }
    Duration passed = Duration.ofNanos(System.nanoTime() - began);
    return answers.result(said.marker()).plusTimes(answers.times(said.times(), passed));
  }
}
