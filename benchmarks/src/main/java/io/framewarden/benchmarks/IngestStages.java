package io.framewarden.benchmarks;

import io.framewarden.extraction.extract.FrameSampler;
import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.FaceDetector;
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
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The parts of ingest, each alone and on the threads that it has within ingest. */
final class IngestStages {
  private final IngestConfig config;
  private final Path video;
  private final Optional<FfmpegCommand> command;

  IngestStages(IngestConfig config, Path video) throws InterruptedException {
    this.config = config;
    this.video = video;
    this.command = FfmpegCommand.find();
  }

  /** Decoding as ingest does it: all frames, of which those that are looked at become luma. */
  List<GrayImage> sampled() throws VideoException {
    List<GrayImage> frames = new ArrayList<>();
    try (VideoReader reader = VideoReader.open(video, config.extraction().decoding())) {
      FrameSampler sampler = config.extraction().sampling().sampler(reader.probe().durationUs());
      Optional<DecodedFrame> next = reader.next();
      while (next.isPresent()) {
        if (sampler.takes(next.get().ptsUs())) {
          frames.add(next.get().luma());
        }
        next = reader.next();
      }
    }
    return frames;
  }

  /** Only decoding, from the first frame on, as the ffmpeg command does that writes nothing. */
  void decode(Timing timing) throws IOException, InterruptedException, VideoException {
    try (VideoReader reader = VideoReader.open(video, config.extraction().decoding().plain())) {
      reader.next();
      timing.take(
          () -> {
            while (reader.next().isPresent()) {
              // Nothing is asked of the frame.
            }
          });
    }
  }

  /** Faces of frames that are there already: searched by the crew, aligned by one, as in ingest. */
  void find(DetectorPool crew, List<GrayImage> frames) throws InterruptedException {
    FaceAligner aligner = new FaceAligner(AlignmentTemplate.defaults());
    BlockingQueue<FaceDetector> idle =
        new ArrayBlockingQueue<>(crew.detectors().size(), false, crew.detectors());
    ExecutorService searchers = Executors.newFixedThreadPool(crew.detectors().size());
    try {
      List<Future<List<DetectedFace>>> searches = new ArrayList<>();
      for (GrayImage frame : frames) {
        searches.add(searchers.submit(() -> search(idle, frame)));
      }
      for (int i = 0; i < searches.size(); i++) {
        for (DetectedFace face : searches.get(i).get()) {
          aligner.align(frames.get(i), face);
        }
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      searchers.shutdownNow();
    }
  }

  private static List<DetectedFace> search(BlockingQueue<FaceDetector> idle, GrayImage frame)
      throws InterruptedException {
    FaceDetector detector = idle.take();
    try {
      return detector.detect(frame);
    } finally {
      idle.add(detector);
    }
  }

  /** The ffmpeg command on the same file with the same decoder threads; nothing where it is not. */
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
    timing.take(() -> run(arguments.toArray(String[]::new)));
  }

  private void run(String[] arguments) throws IOException, InterruptedException {
    int status = command.get().run(arguments);
    if (status != 0) {
      throw new IOException("the ffmpeg command ended with status " + status);
    }
  }
}
