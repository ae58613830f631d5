package io.framewarden.benchmarks;

import io.framewarden.extraction.extract.ExtractionResult;
import io.framewarden.extraction.extract.FaceExtractor;
import io.framewarden.extraction.extract.VideoExtractor;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.detect.DetectorPool;
import io.framewarden.extraction.face.track.TrackingPolicy;
import io.framewarden.extraction.ffmpeg.VideoException;
import io.framewarden.ingest.kafka.IngestConfig;
import io.framewarden.ingest.sandbox.DecoderPool;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.testkit.video.VideoFormat;
import io.framewarden.testkit.video.VideoWriter;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One video of drawn faces through ingest and through its parts, in turns, so that whatever else
 * the machine does disturbs all of them alike; each figure is the median of the rounds.
 *
 * <p>The slowest stage is that of decoding alone, faces alone, and the processors: where both
 * stages together need more processor time than there are processors, these are what a video waits
 * for.
 */
public final class IngestBench {
  private static final double NANOS = 1e9;

  /** The first videos of a process run on code that Java has not compiled yet. */
  private static final int WARM_ROUNDS = 3;

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
  public Measurements run() throws IOException, InterruptedException {
    VideoFormat format =
        VideoWriter.canEncode(CODEC)
            ? VideoFormat.mpeg4().withEncoder(CODEC, "yuv420p")
            : VideoFormat.mpeg4();
    video =
        SyntheticVideo.drawnFaces(
            folder.resolve("bench.mp4"), format, WIDTH, HEIGHT, FPS, videoSeconds, PEOPLE);
    long start = System.nanoTime();
    try (DecoderPool pool =
            new DecoderPool(
                config.sandbox(),
                1,
                config.extraction().decoding(),
                config.extraction().sampling(),
                config.extraction().detector(),
                new CollectorRegistry());
        DetectorPool detectors = DetectorPool.open(config.extraction().detector())) {
      pool.awaitReady();
      double startSeconds = (System.nanoTime() - start) / NANOS;
      return measure(pool, detectors, startSeconds);
    } catch (VideoException e) {
      throw new IOException("the made video is not read: " + e.getMessage(), e);
    }
  }

  private Measurements measure(DecoderPool pool, DetectorPool detectors, double startSeconds)
      throws IOException, InterruptedException, VideoException {
    FaceExtractor here =
        new FaceExtractor(
            detectors,
            config.extraction().decoding(),
            config.extraction().sampling(),
            TrackingPolicy.of(config.extraction().detector()));
    IngestStages stages = new IngestStages(config, video);
    List<GrayImage> frames = stages.decodeAndSample();
    ExtractionResult warm = null;
    for (int i = 0; i < WARM_ROUNDS; i++) {
      warm = extract(here);
      extract(pool);
    }
    Timing child = new Timing();
    Timing inProcess = new Timing();
    Timing decode = new Timing();
    Timing decodeStage = new Timing();
    Timing faceStage = new Timing();
    Timing ffmpeg = new Timing();
    Timing ffmpegStart = new Timing();
    for (int i = 0; i < rounds; i++) {
      child.take(() -> extract(pool));
      inProcess.take(() -> extract(here));
      decodeStage.take(stages::decodeAndSample);
      faceStage.take(() -> stages.detect(detectors, frames));
      stages.decode(decode);
      stages.ffmpeg(ffmpegStart, "-frames:v", "1");
      stages.ffmpeg(ffmpeg);
    }
    double apart = Math.max(decodeStage.seconds(), faceStage.seconds());
    double shared =
        (decodeStage.cpuSeconds() + faceStage.cpuSeconds())
            / Runtime.getRuntime().availableProcessors();
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("faces", (double) warm.faceFrames());
    figures.put("frames", (double) warm.decodedFrames());
    figures.put("childStartSeconds", startSeconds);
    figures.put("childFacesPerSecond", warm.faceFrames() / child.seconds());
    figures.put("inProcessFacesPerSecond", warm.faceFrames() / inProcess.seconds());
    figures.put("childToInProcess", inProcess.seconds() / child.seconds());
    figures.put("decodedPerSecond", (warm.decodedFrames() - 1) / decode.seconds());
    figures.put("decodeToFfmpeg", (ffmpeg.seconds() - ffmpegStart.seconds()) / decode.seconds());
    figures.put("ffmpegStartSeconds", ffmpegStart.seconds());
    figures.put("decodeStageSeconds", decodeStage.seconds());
    figures.put("faceStageSeconds", faceStage.seconds());
    figures.put("stagesOverProcessorsSeconds", shared);
    figures.put("ingestToSlowestStage", Math.max(apart, shared) / child.seconds());
    figures.put("ingestToSlowestStageApart", apart / child.seconds());
    figures.put("cpuSecondsPerVideoMinute", inProcess.cpuSeconds() * 60 / videoSeconds);
    figures.values().removeIf(value -> value.isNaN());
    return new Measurements(figures);
  }

  private ExtractionResult extract(VideoExtractor extractor) {
    ExtractionResult result = extractor.extract(video, "bench", 1, face -> {});
    if (result.isFailed()) {
      throw new IllegalStateException(result.failureMessage());
    }
    return result;
  }
}
