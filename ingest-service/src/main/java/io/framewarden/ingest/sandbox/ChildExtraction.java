package io.framewarden.ingest.sandbox;

import io.framewarden.extraction.extract.ExtractionResult;
import io.framewarden.extraction.extract.FaceSink;
import io.framewarden.ingest.sandbox.wire.JobDone;
import io.framewarden.ingest.sandbox.wire.JobProgress;
import io.framewarden.ingest.sandbox.wire.Message;
import io.framewarden.ingest.sandbox.wire.MessageKind;
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
  /** How long to wait for a message before the deadline is checked. */
  private static final long POLL_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** The most that counts of one wait: longer ones mean that the whole machine stood still. */
  private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final DecoderProcess child;
  private final ResponseValidator validator;
  private final DecodeDeadline deadline;
  private final Consumer<String> fallback;
  private long clock;
  private long began;

  /**
   * @param fallback hears why processors decode the video, where a GPU was to
   */
  ChildExtraction(
      DecoderProcess child,
      ResponseValidator validator,
      DecodeDeadline deadline,
      Consumer<String> fallback) {
    this.child = child;
    this.validator = validator;
    this.deadline = deadline;
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
    try {
      child.submit(file);
      return await(sink);
    } finally {
      child.withdraw();
    }
  }

  private <E extends Exception> ExtractionResult await(FaceSink<E> sink)
      throws E, DecoderException, InterruptedException {
    clock = System.nanoTime();
    while (true) {
      Message message = receive();
      if (message.kind() == MessageKind.FACE) {
        sink.accept(face(message));
        clock = System.nanoTime(); // the sink's time is not the child's
      } else {
        Optional<ExtractionResult> result = handle(message);
        if (result.isPresent()) {
          return result.get();
        }
      }
    }
  }

  private Message receive() throws DecoderException, InterruptedException {
    while (true) {
      Optional<Message> next = child.receive(POLL_INTERVAL_NANOS);
      long now = System.nanoTime();
      deadline.elapsed(Math.min(now - clock, MAX_WAIT_NANOS));
      clock = now;
      Optional<DecoderException> missed = deadline.missed();
      if (missed.isPresent()) {
        throw missed.get();
      }
      if (next.isPresent()) {
        return next.get();
      }
    }
  }

  private FaceFrame face(Message message) throws DecoderException, InterruptedException {
    try {
      FaceFrame face = validator.face(FaceFrame.parseFrom(message.payload()), child.receiveFace());
      deadline.progressed();
      return face;
    } catch (IOException e) { // protobuf's own exception is one too
      throw refused(e);
    }
  }

  /** Handles what is no face; the result where it is the last message. */
  private Optional<ExtractionResult> handle(Message message) throws DecoderException {
    try {
      switch (message.kind()) {
        case PROGRESS ->
            deadline.progressed(validator.progress(JobProgress.readFrom(message.in())));
        case FELL_BACK -> fallback.accept(validator.fallback(message.in().readUTF()));
        case DONE -> {
          return Optional.of(result(JobDone.readFrom(message.in())));
        }
        case SETUP, EXTRACT, READY, REFUSED, FACE ->
            throw new ProtocolException(message.kind() + " in the middle of a video");
      }
      return Optional.empty();
    } catch (IOException e) {
      throw refused(e);
    }
  }

  private static DecoderException refused(IOException e) {
    return new DecoderException(
        ExitCause.PROTOCOL_ERROR, "the decoder's response is refused: " + e.getMessage());
  }

  private ExtractionResult result(JobDone done) throws ProtocolException {
    if (done.number() != child.job()) {
      throw new ProtocolException("the response to another request");
    }
    Duration passed = Duration.ofNanos(System.nanoTime() - began);
    return validator.result(done.marker()).plusTimes(validator.times(done.times(), passed));
  }
}
