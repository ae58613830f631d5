package io.framewarden.ingest.sandbox;

import com.google.protobuf.ByteString;
import io.framewarden.ingest.sandbox.wire.DecodeJob;
import io.framewarden.ingest.sandbox.wire.DecoderSetup;
import io.framewarden.ingest.sandbox.wire.Message;
import io.framewarden.ingest.sandbox.wire.MessageKind;
import io.framewarden.ingest.sandbox.wire.MessageReader;
import io.framewarden.ingest.sandbox.wire.MessageWriter;
import io.framewarden.runtime.config.InvalidConfigurationException;
import io.framewarden.runtime.lifecycle.Threads;
import io.framewarden.runtime.process.SupervisedProcess;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One decoder process and what it shares with us. Owns the process, the ring and a thread that
 * reads what the child says. Used by one thread at a time.
 */
final class DecoderProcess implements AutoCloseable {
  private static final SecureRandom NUMBERS = new SecureRandom();
  private static final int MESSAGES = 128;

  /** How often a start is looked at. */
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** A start may take so many times the patience with one that does not move. */
  private static final int SLOWEST = 10;

  private final SupervisedProcess process;
  private final FaceRing ring;
  private final ScratchDirectory scratch;
  private final MessageWriter questions;
  private final BlockingQueue<Optional<Message>> answers = new ArrayBlockingQueue<>(MESSAGES);
  private final Thread reader;
  private volatile String nonsense = "";
  private int videos;
  private long job;

  DecoderProcess(SupervisedProcess process, FaceRing ring, ScratchDirectory scratch) {
    this.process = process;
    this.ring = ring;
    this.scratch = scratch;
    this.questions = new MessageWriter(process.input());
    this.reader = Threads.daemon("decoder-" + process.pid(), this::read);
    reader.start();
  }

  /**
   * Tells it how to work, once. Closes it when it does not listen.
   *
   * @throws IOException when it has ended already
   */
  void setUp(DecoderSetup setup) throws IOException {
    try {
      questions.write(MessageKind.SETUP, setup::writeTo);
    } catch (IOException e) {
      String end = process.end();
      close();
      throw new IOException("the decoder " + end, e);
    }
  }

  /**
   * Waits until the child is warm. On a machine that has no time for it a start may take minutes:
   * it goes on for as long as the child gets some processor time now and then.
   *
   * @param patience with a child that gets none; ten times as long in all
   * @return the child with what it said
   * @throws DecoderException when it dies or stalls instead
   * @throws InvalidConfigurationException when it cannot work as it was told to
   */
  ReadyDecoder awaitReady(Duration patience) throws DecoderException, InterruptedException {
    Optional<Message> first = firstWords(patience);
    try {
      Message message = first.get();
      DataInputStream said = message.in();
      String text = said.readUTF();
      if (message.kind() != MessageKind.READY) {
        throw new InvalidConfigurationException(List.of(text));
      }
      ring.forgetName();
      return new ReadyDecoder(this, text, ResponseValidator.readable(said.readUTF()));
    } catch (IOException e) {
      throw new DecoderException(ExitCause.NONSENSE, "the decoder's first words: " + e);
    }
  }

  private Optional<Message> firstWords(Duration patience)
      throws DecoderException, InterruptedException {
    long waited = 0;
    long still = 0;
    long clock = System.nanoTime();
    Duration used = process.cpu();
    while (true) {
      Optional<Message> first = next(LOOK_NANOS);
      if (first.isPresent()) {
        return first;
      }
      long now = System.nanoTime();
      // Where a look took much longer, the whole machine stood still.
      long slice = Math.min(now - clock, 2 * LOOK_NANOS);
      clock = now;
      waited += slice;
      Duration uses = process.cpu();
      still = uses.compareTo(used) > 0 ? 0 : still + slice;
      used = uses;
      if (still > patience.toNanos() || waited > SLOWEST * patience.toNanos()) {
        throw new DecoderException(
            ExitCause.STALLED,
            "the decoder was not ready within %d s, in which it had %d ms of processor time"
                .formatted(TimeUnit.NANOSECONDS.toSeconds(waited), used.toMillis()));
      }
    }
  }

  /** Hands it a video. */
  void begin(Path file) throws DecoderException {
    if (!answers.isEmpty() && process.isAlive()) {
      throw new DecoderException(ExitCause.NONSENSE, "the decoder spoke without being asked");
    }
    videos++;
    job = NUMBERS.nextLong();
    try {
      questions.write(MessageKind.EXTRACT, new DecodeJob(job, file)::writeTo);
    } catch (IOException e) {
      throw new DecoderException(ExitCause.CRASHED, "the decoder " + process.end());
    }
  }

  /** The number that the answer to the last question must carry. */
  long job() {
    return job;
  }

  /**
   * The next thing that the child says.
   *
   * @return empty when it says nothing for so long
   * @throws DecoderException when it will say nothing any more
   */
  Optional<Message> next(long nanos) throws DecoderException, InterruptedException {
    Optional<Message> next = answers.poll(nanos, TimeUnit.NANOSECONDS);
    if (next == null) {
      return Optional.empty();
    }
    if (next.isEmpty()) {
      if (!nonsense.isEmpty()) {
        throw new DecoderException(
            ExitCause.NONSENSE, "the decoder's answer is refused: " + nonsense);
      }
      throw new DecoderException(ExitCause.CRASHED, "the decoder " + process.end());
    }
    return next;
  }

  /** The pixels of the next face. */
  ByteString takeFace() throws IOException, InterruptedException {
    return ring.take();
  }

  /** Whether it may have another video: it lives, and has not had its share. */
  boolean isFit(SandboxConfig config) {
    return process.isAlive()
        && videos < config.videosPerChild()
        && process.cpu().compareTo(config.cpu().dividedBy(2)) < 0;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** Kills it and gives everything back. */
  @Override
  public void close() {
    process.kill();
    reader.interrupt();
    process.close();
    try {
      ring.close();
    } catch (IOException e) {
      return; // the memory goes with the last descriptor
    } finally {
      scratch.close();
    }
  }

  private void read() {
    MessageReader messages = new MessageReader(process.output());
    try {
      Optional<Message> next;
      do {
        next = messages.read();
        answers.put(next); // an empty one stands for the end
      } while (next.isPresent());
    } catch (IOException e) {
      lost(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed: nobody listens
    }
  }

  private void lost(IOException e) {
    if (process.isAlive()) {
      nonsense = String.valueOf(e.getMessage());
      process.kill();
    }
    try {
      answers.put(Optional.empty());
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }
}
