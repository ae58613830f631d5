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
 * reads what the child sends. Used by one thread at a time.
 */
final class DecoderProcess implements AutoCloseable {
  private static final SecureRandom NUMBERS = new SecureRandom();
  private static final int MAX_MESSAGES = 128;

  /** How often a start is checked. */
  private static final long POLL_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** A start may take so many times the timeout of one that gets no processor time. */
  private static final int MAX_START_FACTOR = 10;

  private final SupervisedProcess process;
  private final FaceRing ring;
  private final ScratchDirectory scratch;
  private final MessageWriter requests;
  private final BlockingQueue<Optional<Message>> responses = new ArrayBlockingQueue<>(MAX_MESSAGES);
  private final Thread reader;
  private volatile String protocolError = "";
  private int videos;
  private long job;

  DecoderProcess(SupervisedProcess process, FaceRing ring, ScratchDirectory scratch) {
    this.process = process;
    this.ring = ring;
    this.scratch = scratch;
    this.requests = new MessageWriter(process.input());
    this.reader = Threads.daemon("decoder-" + process.pid(), this::read);
    reader.start();
  }

  /**
   * Sends the setup, once. Closes it when that fails.
   *
   * @throws IOException when it has ended already
   */
  void setUp(DecoderSetup setup) throws IOException {
    try {
      requests.write(MessageKind.SETUP, setup::writeTo);
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
   * @param timeout of a child that gets none; ten times as long in all
   * @return the child with what it sent
   * @throws DecoderException when it dies or stalls instead
   * @throws InvalidConfigurationException when it cannot work as it was told to
   */
  ReadyDecoder awaitReady(Duration timeout) throws DecoderException, InterruptedException {
    Optional<Message> first = awaitFirstMessage(timeout);
    try {
      Message message = first.get();
      DataInputStream said = message.in();
      String text = said.readUTF();
      if (message.kind() != MessageKind.READY) {
        throw new InvalidConfigurationException(List.of(text));
      }
      ring.forgetName();
      String problem = ResponseValidator.readable(said.readUTF());
      return new ReadyDecoder(this, text, problem, ResponseValidator.readable(said.readUTF()));
    } catch (IOException e) {
      throw new DecoderException(ExitCause.PROTOCOL_ERROR, "the decoder's first message: " + e);
    }
  }

  private Optional<Message> awaitFirstMessage(Duration timeout)
      throws DecoderException, InterruptedException {
    long waited = 0;
    long still = 0;
    long clock = System.nanoTime();
    Duration used = process.cpu();
    while (true) {
      Optional<Message> first = receive(POLL_INTERVAL_NANOS);
      if (first.isPresent()) {
        return first;
      }
      long now = System.nanoTime();
      // Where a look took much longer, the whole machine stood still.
      long slice = Math.min(now - clock, 2 * POLL_INTERVAL_NANOS);
      clock = now;
      waited += slice;
      Duration uses = process.cpu();
      still = uses.compareTo(used) > 0 ? 0 : still + slice;
      used = uses;
      if (still > timeout.toNanos() || waited > MAX_START_FACTOR * timeout.toNanos()) {
        throw new DecoderException(
            ExitCause.STALLED,
            "the decoder was not ready within %d s, in which it had %d ms of processor time"
                .formatted(TimeUnit.NANOSECONDS.toSeconds(waited), used.toMillis()));
      }
    }
  }

  /** Submits a video. */
  void submit(Path file) throws DecoderException {
    if (!responses.isEmpty() && process.isAlive()) {
      throw new DecoderException(
          ExitCause.PROTOCOL_ERROR, "the decoder sent a message without being asked");
    }
    videos++;
    job = NUMBERS.nextLong();
    Path seen;
    try {
      seen = scratch.offer(file);
    } catch (IOException e) {
      throw new DecoderException(ExitCause.IDLE, "the video cannot be given to a decoder: " + e);
    }
    try {
      requests.write(MessageKind.EXTRACT, new DecodeJob(job, seen)::writeTo);
    } catch (IOException e) {
      throw died();
    }
  }

  /** Takes the video away again; an answer to it may still come. */
  void withdraw() {
    try {
      scratch.withdraw();
    } catch (IOException e) {
      return; // it goes with the child
    }
  }

  private DecoderException died() {
    String end = process.end();
    return new DecoderException(
        process.wasKilled() ? ExitCause.KILLED : ExitCause.CRASHED, "the decoder " + end);
  }

  /** The number that the response to the last request must carry. */
  long job() {
    return job;
  }

  /**
   * Receives the child's next message.
   *
   * @return empty when none comes for so long
   * @throws DecoderException when none will come any more
   */
  Optional<Message> receive(long nanos) throws DecoderException, InterruptedException {
    Optional<Message> next = responses.poll(nanos, TimeUnit.NANOSECONDS);
    if (next == null) {
      return Optional.empty();
    }
    if (next.isEmpty()) {
      if (!protocolError.isEmpty()) {
        throw new DecoderException(
            ExitCause.PROTOCOL_ERROR, "the decoder's response is refused: " + protocolError);
      }
      throw died();
    }
    return next;
  }

  /** The pixels of the next face. */
  ByteString receiveFace() throws IOException, InterruptedException {
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

  /** Processor time used so far; zero where the system does not tell. */
  Duration cpu() {
    return process.cpu();
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
        responses.put(next); // an empty one stands for the end
      } while (next.isPresent());
    } catch (IOException e) {
      lost(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed: nobody listens
    }
  }

  private void lost(IOException e) {
    if (process.isAlive()) {
      protocolError = String.valueOf(e.getMessage());
      process.kill();
    }
    try {
      responses.put(Optional.empty());
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }
}
