package io.framewarden.standalone.bench;

import io.framewarden.ingest.extract.ExtractionResult;
import io.framewarden.ingest.extract.FaceExtractor;
import io.framewarden.ingest.extract.Sampler;
import io.framewarden.ingest.extract.VideoExtractor;
import io.framewarden.ingest.face.AlignmentTemplate;
import io.framewarden.ingest.face.DetectedFace;
import io.framewarden.ingest.face.FaceAligner;
import io.framewarden.ingest.face.FaceDetector;
import io.framewarden.ingest.face.FaceDetectors;
import io.framewarden.ingest.face.GrayImage;
import io.framewarden.ingest.ffmpeg.DecodedPicture;
import io.framewarden.ingest.ffmpeg.VideoException;
import io.framewarden.ingest.ffmpeg.VideoReader;
import io.framewarden.ingest.media.FfmpegCommand;
import io.framewarden.ingest.media.MadeVideo;
import io.framewarden.ingest.media.VideoFormat;
import io.framewarden.ingest.media.VideoWriter;
import io.framewarden.ingest.publish.IngestConfig;
import io.framewarden.ingest.sandbox.DecoderPool;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One video of drawn faces through ingest and through its parts, in turns, so that whatever else
 * the machine does disturbs all of them alike; each figure is the median of the rounds.
 */
public final class IngestBench {
  private static final double NANOS = 1e9;
  private static final double FPS = 25;
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 720;
  private static final int PEOPLE = 2;
  private static final String CODEC = "libopenh264";

  private final IngestConfig config;
  private final Path folder;
  private final double videoSeconds;
  private final int rounds;
  private Path video;

  /**
   * @param folder an empty folder for the video
   * @param videoSeconds how long the video is
   * @param rounds how often each part is measured
   */
  public IngestBench(IngestConfig config, Path folder, double videoSeconds, int rounds) {
    this.config = config;
    this.folder = folder;
    this.videoSeconds = videoSeconds;
    this.rounds = rounds;
  }

  /** Measures. */
  public Figures run() throws IOException, InterruptedException {
    VideoFormat format =
        VideoWriter.canEncode(CODEC)
            ? VideoFormat.mpeg4().withEncoder(CODEC, "yuv420p")
            : VideoFormat.mpeg4();
    video =
        MadeVideo.drawnFaces(
            folder.resolve("bench.mp4"), format, WIDTH, HEIGHT, FPS, videoSeconds, PEOPLE);
    long start = System.nanoTime();
    try (DecoderPool pool =
            new DecoderPool(
                config.sandbox(),
                1,
                config.decoding(),
                config.sampling(),
                config.detector(),
                new CollectorRegistry());
        FaceDetector detector = FaceDetectors.open(config.detector())) {
      pool.awaitReady();
      double startSeconds = (System.nanoTime() - start) / NANOS;
      return measure(pool, detector, startSeconds);
    } catch (VideoException e) {
      throw new IOException("the made video is not read: " + e.getMessage(), e);
    }
  }

  private Figures measure(DecoderPool pool, FaceDetector detector, double startSeconds)
      throws IOException, InterruptedException, VideoException {
    FaceExtractor here = new FaceExtractor(detector, config.decoding(), config.sampling());
    List<GrayImage> pictures = sampled();
    Optional<FfmpegCommand> command = FfmpegCommand.find();
    ExtractionResult warm = extract(here);
    extract(pool);
    double[] child = new double[rounds];
    double[] inProcess = new double[rounds];
    double[] decode = new double[rounds];
    double[] faces = new double[rounds];
    double[] ffmpeg = new double[rounds];
    double[] cpu = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      child[i] = seconds(() -> extract(pool));
      double before = cpuSeconds();
      inProcess[i] = seconds(() -> extract(here));
      cpu[i] = cpuSeconds() - before;
      decode[i] = seconds(this::decode);
      faces[i] = seconds(() -> find(detector, pictures));
      ffmpeg[i] = command.isPresent() ? seconds(() -> run(command.get())) : Double.NaN;
    }
    double slowest = Math.max(median(decode), median(faces));
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("faces", (double) warm.faceFrames());
    figures.put("pictures", (double) warm.decodedFrames());
    figures.put("childStartSeconds", startSeconds);
    figures.put("childFacesPerSecond", warm.faceFrames() / median(child));
    figures.put("inProcessFacesPerSecond", warm.faceFrames() / median(inProcess));
    figures.put("childToInProcess", median(inProcess) / median(child));
    figures.put("decodedPerSecond", warm.decodedFrames() / median(decode));
    figures.put("decodeToFfmpeg", median(ffmpeg) / median(decode));
    figures.put("facesAloneFacesPerSecond", warm.faceFrames() / median(faces));
    figures.put("ingestToSlowestStage", slowest / median(child));
    figures.put("cpuSecondsPerVideoMinute", median(cpu) * 60 / videoSeconds);
    figures.values().removeIf(value -> value.isNaN());
    return new Figures(figures);
  }

  private ExtractionResult extract(VideoExtractor extractor) {
    ExtractionResult result = extractor.extract(video, "bench", 1, face -> {});
    if (result.isFailed()) {
      throw new IllegalStateException(result.failureMessage());
    }
    return result;
  }

  /** The pictures that are looked at, so that finding faces can be measured alone. */
  private List<GrayImage> sampled() throws VideoException {
    List<GrayImage> pictures = new ArrayList<>();
    try (VideoReader reader = VideoReader.open(video, config.decoding())) {
      Sampler sampler = config.sampling().sampler(reader.probe().durationUs());
      Optional<DecodedPicture> next = reader.next();
      while (next.isPresent()) {
        if (sampler.takes(next.get().ptsUs())) {
          pictures.add(next.get().luma());
        }
        next = reader.next();
      }
    }
    return pictures;
  }

  private void decode() throws VideoException {
    try (VideoReader reader = VideoReader.open(video, config.decoding())) {
      while (reader.next().isPresent()) {
        // Only decoded, as the ffmpeg command does when it writes nothing.
      }
    }
  }

  private static void find(FaceDetector detector, List<GrayImage> pictures) {
    FaceAligner aligner = new FaceAligner(AlignmentTemplate.defaults());
    for (GrayImage picture : pictures) {
      for (DetectedFace face : detector.detect(picture)) {
        aligner.align(picture, face);
      }
    }
  }

  private void run(FfmpegCommand command) throws IOException, InterruptedException {
    String threads = Integer.toString(config.decoding().threads());
    int status =
        command.run(
            "-threads",
            threads,
            "-i",
            video.toString(),
            "-an",
            "-fps_mode",
            "passthrough",
            "-f",
            "null",
            "-");
    if (status != 0) {
      throw new IOException("the ffmpeg command ended with status " + status);
    }
  }

  /** Something to be timed. */
  private interface Part {
    void run() throws IOException, InterruptedException, VideoException;
  }

  private static double seconds(Part part)
      throws IOException, InterruptedException, VideoException {
    long start = System.nanoTime();
    part.run();
    return (System.nanoTime() - start) / NANOS;
  }

  private static double cpuSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos()
        / NANOS;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
