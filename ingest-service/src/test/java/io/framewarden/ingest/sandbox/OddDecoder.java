package io.framewarden.ingest.sandbox;

import io.framewarden.extraction.extract.ExtractionStage;
import io.framewarden.extraction.extract.StageTimes;
import io.framewarden.ingest.sandbox.wire.DecodeJob;
import io.framewarden.ingest.sandbox.wire.DecoderSetup;
import io.framewarden.ingest.sandbox.wire.JobDone;
import io.framewarden.ingest.sandbox.wire.JobProgress;
import io.framewarden.ingest.sandbox.wire.Message;
import io.framewarden.ingest.sandbox.wire.MessageKind;
import io.framewarden.ingest.sandbox.wire.MessageReader;
import io.framewarden.ingest.sandbox.wire.MessageWriter;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.VideoMarker;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A decoder that a hostile file has taken over; the file's name says what it does. */
public final class OddDecoder {
  private static final FaceFrame FACE =
      FaceFrame.newBuilder().setWidth(224).setHeight(224).setConfidence(0.5f).build();

  private static final VideoMarker ONE_FRAME = VideoMarker.newBuilder().setDecodedFrames(1).build();

  private final OutputStream out = new FileOutputStream(FileDescriptor.out);
  private final MessageWriter answers = new MessageWriter(out);
  private FileChannel ring;

  private OddDecoder() {}

  public static void main(String[] arguments) throws Exception {
    new OddDecoder().run();
  }

  private void run() throws Exception {
    MessageReader questions = new MessageReader(System.in);
    DecoderSetup setup = DecoderSetup.readFrom(questions.read().orElseThrow().in());
    ring = FileChannel.open(setup.ring(), StandardOpenOption.WRITE);
    answers.write(
        MessageKind.READY,
        data -> {
          data.writeUTF("digest");
          data.writeUTF("");
          data.writeUTF("");
        });
    while (true) {
      Message question = questions.read().orElseThrow();
      DecodeJob job = DecodeJob.readFrom(question.in());
      act(job.file().getFileName().toString(), job);
    }
  }

  private void act(String what, DecodeJob job) throws Exception {
    switch (what) {
      case "good" -> done(job.number(), ONE_FRAME);
      case "noise" -> noise();
      case "fallbacks" -> {
        while (true) {
          answers.write(MessageKind.FELL_BACK, data -> data.writeUTF("no GPU"));
        }
      }
      case "huge" -> new DataOutputStream(out).writeInt(Integer.MAX_VALUE);
      case "negative" -> new DataOutputStream(out).writeInt(-1);
      case "kind" -> out.write(new byte[] {0, 0, 0, 1, 99});
      case "wrong-turn" -> answers.write(MessageKind.READY, data -> data.writeUTF("again"));
      case "protobuf" -> answers.write(MessageKind.FACE, data -> data.write(new byte[] {9, 9}));
      case "wrong-number" -> done(job.number() + 1, VideoMarker.getDefaultInstance());
      case "miscount" ->
          done(job.number(), VideoMarker.newBuilder().setFaceFrames(5).setDecodedFrames(9).build());
      case "endless-stage" -> done(job.number(), Duration.ofNanos(Long.MAX_VALUE), ONE_FRAME);
      case "negative-stage" -> done(job.number(), Duration.ofSeconds(-1), ONE_FRAME);
      case "no-stages" -> answers.write(MessageKind.DONE, data -> data.writeLong(job.number()));
      case "cut-ring" -> cutRing();
      case "faces" -> facesForEver();
      case "still" -> stillProgress();
      case "slow" -> slowProgress(() -> spin(TimeUnit.MILLISECONDS.toNanos(20)));
      case "sleepy" -> slowProgress(() -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20)));
      case "hog" -> hog();
      case "spy" -> spy(job);
      case "exit" -> Runtime.getRuntime().halt(9);
      case "unasked" -> {
        done(job.number(), ONE_FRAME);
        answers.write(MessageKind.REFUSED, data -> data.writeUTF("unasked"));
      }
      default -> throw new IllegalArgumentException(what);
    }
  }

  private void done(long number, VideoMarker marker) throws IOException {
    done(number, Duration.ofMillis(1), marker);
  }

  private void done(long number, Duration decoding, VideoMarker marker) throws IOException {
    StageTimes times = new StageTimes(Map.of(ExtractionStage.DECODE, decoding));
    answers.write(MessageKind.DONE, new JobDone(number, times, marker)::writeTo);
  }

  private void noise() throws IOException {
    byte[] noise = new byte[4 << 20];
    new Random(1).nextBytes(noise);
    out.write(noise);
  }

  private void cutRing() throws Exception {
    ring.truncate(10);
    answers.write(MessageKind.FACE, FACE::writeTo);
    new CountDownLatch(1).await();
  }

  /** Plausible faces without end, as fast as the pipe takes them. */
  private void facesForEver() throws IOException {
    for (int i = 0; true; i++) {
      answers.write(MessageKind.FACE, FACE.toBuilder().setSeq(i).setFrameIndex(i).build()::writeTo);
    }
  }

  /** Messages, but nothing that moves. */
  private void stillProgress() throws IOException {
    while (true) {
      answers.write(MessageKind.PROGRESS, new JobProgress(1, 0, 0)::writeTo);
    }
  }

  /** Always a little further, never at the end. */
  private void slowProgress(Runnable step) throws IOException {
    for (int i = 1; true; i++) {
      answers.write(MessageKind.PROGRESS, new JobProgress(i, 0, 0)::writeTo);
      step.run();
    }
  }

  private static void spin(long nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  /** Looks for the secrets of whatever process it sees; dies when it finds any. */
  private void spy(DecodeJob job) throws IOException {
    Set<String> own = System.getenv().keySet();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        for (String variable : variables(process)) {
          if (!own.contains(variable) && !variable.matches("PWD|OLDPWD|SHLVL|_")) {
            Runtime.getRuntime().halt(7);
          }
        }
      }
    }
    done(job.number(), ONE_FRAME);
  }

  private static List<String> variables(Path process) {
    try {
      return Stream.of(Files.readString(process.resolve("environ")).split("\0"))
          .filter(variable -> variable.contains("="))
          .map(variable -> variable.replaceAll("(?s)=.*", ""))
          .toList();
    } catch (IOException e) {
      return List.of(); // refused, or it has ended
    }
  }

  @SuppressWarnings("ModifiedButNotUsed") // held, so that the memory stays taken
  private static void hog() {
    List<ByteBuffer> kept = new ArrayList<>();
    while (true) {
      ByteBuffer taken = ByteBuffer.allocateDirect(32 << 20);
      for (int i = 0; i < taken.capacity(); i += 4096) {
        taken.put(i, (byte) 1);
      }
      kept.add(taken);
    }
  }

  static Path file(String what) {
    return Path.of("/nowhere", what);
  }
}
