package io.framewarden.benchmarks;

import io.framewarden.extraction.extract.FrameSampler;
import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.align.AlignmentTemplate;
import io.framewarden.extraction.face.align.FaceAligner;
import io.framewarden.extraction.face.detect.DetectorPool;
import io.framewarden.extraction.ffmpeg.DecodedFrame;
import io.framewarden.extraction.ffmpeg.VideoException;
import io.framewarden.extraction.ffmpeg.VideoReader;
import io.framewarden.ingest.kafka.IngestConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The stages of ingest, each alone and on the threads that it has within ingest. One thread. */
final class IngestStages {
  private final IngestConfig config;
  private final Path video;
  private final Optional<FfmpegCommand> command;

  IngestStages(IngestConfig config, Path video) throws InterruptedException {
    this.config = config;
    this.video = video;
    this.command = FfmpegCommand.find();
  }

  /** Decodes as ingest does: all frames, of which the sampled ones are converted to luma. */
  List<GrayImage> decodeAndSample() throws VideoException {
    List<GrayImage> frames = new ArrayList<>();
    try (VideoReader reader = VideoReader.open(video, config.extraction().decoding())) {
      FrameSampler sampler = config.extraction().sampling().sampler(reader.probe().durationUs());
      Optional<DecodedFrame> next = reader.next();
      while (next.isPresent()) {
        if (sampler.accept(next.get().ptsUs())) {
          frames.add(next.get().luma());
        }
        next = reader.next();
      }
    }
    return frames;
  }

  /** Only decodes, from the first frame on, as the ffmpeg command without an output does. */
  void decode(Timing timing) throws IOException, InterruptedException, VideoException {
    try (VideoReader reader = VideoReader.open(video, config.extraction().decoding().onCpu())) {
      reader.next();
      timing.measure(
          () -> {
            while (reader.next().isPresent()) {
              // only decoded
            }
          });
    }
  }

  /** Detects faces in frames by all detectors and aligns them on one thread, as ingest does. */
  void detect(DetectorPool detectors, List<GrayImage> frames) throws InterruptedException {
    FaceAligner aligner = new FaceAligner(AlignmentTemplate.defaults());
    ExecutorService threads = Executors.newFixedThreadPool(detectors.size());
    try {
      List<Future<List<DetectedFace>>> detections = new ArrayList<>();
      for (GrayImage frame : frames) {
        detections.add(threads.submit(() -> detectors.detect(frame)));
      }
      for (int i = 0; i < detections.size(); i++) {
        for (DetectedFace face : detections.get(i).get()) {
          aligner.align(frames.get(i), face);
        }
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  /** Runs the ffmpeg command on the same file with the same decoder threads, where there is one. */
  void ffmpeg(Timing timing, String... more)
      throws IOException, InterruptedException, VideoException {
    if (command.isEmpty()) {
      return;
    }
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of("-threads", Integer.toString(config.extraction().decoding().threads())));
    arguments.addAll(List.of("-i", video.toString(), "-an", "-fps_mode", "passthrough"));
    arguments.addAll(List.of(more));
    arguments.addAll(List.of("-f", "null", "-"));
    timing.measure(() -> run(arguments.toArray(String[]::new)));
  }

  private void run(String[] arguments) throws IOException, InterruptedException {
    int status = command.get().run(arguments);
    if (status != 0) {
      throw new IOException("the ffmpeg command ended with status " + status);
    }
  }
}
