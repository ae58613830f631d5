package io.framewarden.ingest.sandbox.child;

import io.framewarden.ingest.sandbox.wire.DecodeJob;
import io.framewarden.ingest.sandbox.wire.DecoderSetup;
import io.framewarden.ingest.sandbox.wire.Message;
import io.framewarden.ingest.sandbox.wire.MessageKind;
import io.framewarden.ingest.sandbox.wire.MessageReader;
import io.framewarden.ingest.sandbox.wire.MessageWriter;
import io.framewarden.runtime.config.InvalidConfigurationException;
import io.framewarden.runtime.lifecycle.Threads;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The decoder's process: set up once, then one job after the other, told on standard input and
 * answered on standard output. It ends at once when its input does: then the parent is gone.
 */
public final class DecoderMain {
  private DecoderMain() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    MessageWriter responses = new MessageWriter(new FileOutputStream(FileDescriptor.out));
    System.setOut(System.err); // what anything else prints must not pass for an answer
    BlockingQueue<Message> requests = new LinkedBlockingQueue<>();
    Threads.daemon("requests", () -> listen(requests)).start();
    DecoderSetup setup = DecoderSetup.readFrom(expect(requests.take(), MessageKind.SETUP).in());
    try (DecoderJobs jobs = DecoderJobs.open(setup, responses)) {
      String weakness = jobs.confine();
      responses.write(
          MessageKind.READY,
          out -> {
            out.writeUTF(jobs.digest());
            out.writeUTF(jobs.problem());
            out.writeUTF(weakness);
          });
      while (true) {
        jobs.run(DecodeJob.readFrom(expect(requests.take(), MessageKind.EXTRACT).in()));
      }
    } catch (IOException | RuntimeException | LinkageError e) {
      // Only setting up throws, or a parent that is gone; a job's failures are responses.
      responses.write(MessageKind.REFUSED, out -> out.writeUTF(shortened(e)));
      throw e;
    }
  }

  private static String shortened(Throwable e) {
    String text =
        e instanceof InvalidConfigurationException invalid ? invalid.problems() : e.toString();
    return text.substring(0, Math.min(text.length(), 2000));
  }

  private static Message expect(Message message, MessageKind kind) {
    if (message.kind() != kind) {
      throw new IllegalStateException("got " + message.kind() + " where " + kind + " was due");
    }
    return message;
  }

  private static void listen(BlockingQueue<Message> requests) {
    MessageReader reader = new MessageReader(System.in);
    try {
      for (Optional<Message> next = reader.read(); next.isPresent(); next = reader.read()) {
        requests.add(next.get());
      }
    } catch (IOException e) {
      System.err.println("the parent is lost: " + e.getMessage());
    }
    // At once, in the middle of a job too: nobody waits for the answer.
    Runtime.getRuntime().halt(1);
  }
}
