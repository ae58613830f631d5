package io.framewarden.ingest.sandbox.child;

import io.framewarden.extraction.extract.ExtractionProgress;
import io.framewarden.extraction.extract.ExtractionResult;
import io.framewarden.extraction.extract.FaceExtractor;
import io.framewarden.extraction.face.detect.DetectorPool;
import io.framewarden.extraction.ffmpeg.HardwareDecoder;
import io.framewarden.extraction.ffmpeg.VideoReader;
import io.framewarden.ingest.sandbox.wire.DecodeJob;
import io.framewarden.ingest.sandbox.wire.DecoderSetup;
import io.framewarden.ingest.sandbox.wire.JobDone;
import io.framewarden.ingest.sandbox.wire.JobProgress;
import io.framewarden.ingest.sandbox.wire.MessageKind;
import io.framewarden.ingest.sandbox.wire.MessageWriter;
import io.framewarden.ingest.sandbox.wire.RingLayout;
import io.framewarden.runtime.process.SystemCallFilter;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FailureReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Extracts the videos of a child's life. Owns its detector. One thread. */
final class DecoderJobs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DecoderJobs.class);
  private static final long PROGRESS_INTERVAL_NANOS = 100_000_000;

  private final DetectorPool detectors;
  private final FaceExtractor extractor;
  private final FaceRingWriter ring;
  private final MessageWriter responses;
  private final String problem;
  private final boolean onGpu;
  private long lastProgress;

  private DecoderJobs(
      DetectorPool detectors,
      FaceExtractor extractor,
      FaceRingWriter ring,
      MessageWriter responses,
      String problem,
      boolean onGpu) {
    this.detectors = detectors;
    this.extractor = extractor;
    this.ring = ring;
    this.responses = responses;
    this.problem = problem;
    this.onGpu = onGpu;
  }

  /** Loads all natives: once the first file is open nothing can be unpacked any more. */
  static DecoderJobs open(DecoderSetup setup, MessageWriter responses) throws IOException {
    FaceRingWriter ring =
        FaceRingWriter.open(setup.ring(), RingLayout.of(setup.extraction().faces()));
    VideoReader.load();
    String problem = setup.extraction().decoding().hardware().problem().orElse("");
    DetectorPool detectors = DetectorPool.open(setup.extraction().detector());
    detectors.warmUp();
    deleteUnpacked(setup.scratch());
    return new DecoderJobs(
        detectors,
        new FaceExtractor(detectors, setup.extraction()),
        ring,
        responses,
        problem,
        setup.extraction().decoding().hardware() != HardwareDecoder.NONE);
  }

  /**
   * Natives that were unpacked for this process alone are loaded: they need their names no more.
   */
  private static void deleteUnpacked(Path scratch) throws IOException {
    try (Stream<Path> inside = Files.walk(scratch)) {
      for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
        if (!path.equals(scratch)) {
          Files.deleteIfExists(path);
        }
      }
    }
  }

  /**
   * Gives up, for the whole process and for good, the system calls that a decoder needs no more:
   * from here on files are read that may take it over.
   *
   * @return what could not be given up; empty where all is well
   */
  String confine() {
    try {
      SystemCallFilter.ofWarmJvm(onGpu).confineProcess();
      return "";
    } catch (IOException e) {
      return "system calls while it decodes (" + e.getMessage() + ")";
    }
  }

  String digest() {
    return extractor.digest();
  }

  /** Why processors decode, though a GPU was to; empty where all is well. */
  String problem() {
    return problem;
  }

  /** Extracts one video and responses; what is wrong with the video is an answer too. */
  void run(DecodeJob job) throws IOException {
    lastProgress = System.nanoTime() - PROGRESS_INTERVAL_NANOS;
    ExtractionResult result = extract(job);
    JobDone done = new JobDone(job.number(), result.times(), result.marker().build());
    responses.write(MessageKind.DONE, done::writeTo);
  }

  private ExtractionResult extract(DecodeJob job) throws IOException {
    try {
      return extractor.extract(job.file(), "", 0, this::send, new ProgressSender());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (RuntimeException e) {
      LOG.error("the extraction failed", e);
      return ExtractionResult.failed(
          FailureReason.EXTRACTION_FAILED,
          "the extraction itself failed; report this with the service's log: " + e);
    }
  }

  private void send(FaceFrame frame) throws IOException {
    ring.write(frame.getPixels().asReadOnlyByteBuffer());
    FaceFrame rest = frame.toBuilder().clearPixels().clearExtractionDigest().build();
    responses.write(MessageKind.FACE, rest::writeTo);
  }

  private final class ProgressSender implements ExtractionProgress {
    @Override
    public void onDecoded(long frames, long ptsUs, long claimedUs) {
      long now = System.nanoTime();
      if (now - lastProgress >= PROGRESS_INTERVAL_NANOS) {
        lastProgress = now;
        report(MessageKind.PROGRESS, new JobProgress(frames, ptsUs, claimedUs)::writeTo);
      }
    }

    @Override
    public void onFallback(String reason) {
      report(MessageKind.FELL_BACK, out -> out.writeUTF(reason));
    }

    private void report(MessageKind kind, MessageWriter.Payload payload) {
      try {
        responses.write(kind, payload);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    detectors.close();
  }
}
