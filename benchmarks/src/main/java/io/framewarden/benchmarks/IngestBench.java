package io.framewarden.benchmarks;

import io.framewarden.extraction.extract.ExtractionResult;
import io.framewarden.extraction.extract.FaceExtractor;
import io.framewarden.extraction.extract.VideoExtractor;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.detect.DetectorPool;
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
 * Measures ingest on a synthetic video against its stages, in turns, so that whatever else the
 * machine does disturbs all of them alike; each value is the median of the rounds.
 *
 * <p>The slowest stage is the slowest of decoding alone, faces alone, and the processors: where
 * both stages together need more CPU time than there are processors, a video waits for those.
 */
public final class IngestBench {
  private static final double NANOS = 1e9;

  /** The first videos of a process run on code that Java has not compiled yet. */
  private static final int WARM_UP_ROUNDS = 3;

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

  /** Writes the video, warms up and measures. */
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
            new DecoderPool(config.sandbox(), 1, config.extraction(), new CollectorRegistry());
        DetectorPool detectors = DetectorPool.open(config.extraction().detector())) {
      pool.awaitReady();
      double startSeconds = (System.nanoTime() - start) / NANOS;
      return measure(pool, detectors, startSeconds);
    } catch (VideoException e) {
      throw new IOException("the synthetic video cannot be read: " + e.getMessage(), e);
    }
  }

  private Measurements measure(DecoderPool pool, DetectorPool detectors, double startSeconds)
      throws IOException, InterruptedException, VideoException {
    FaceExtractor inProcessExtractor = new FaceExtractor(detectors, config.extraction());
    IngestStages stages = new IngestStages(config, video);
    List<GrayImage> frames = stages.decodeAndSample();
    ExtractionResult result = null;
    for (int i = 0; i < WARM_UP_ROUNDS; i++) {
      result = extract(inProcessExtractor);
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
      child.measure(() -> extract(pool));
      inProcess.measure(() -> extract(inProcessExtractor));
      decodeStage.measure(stages::decodeAndSample);
      faceStage.measure(() -> stages.detect(detectors, frames));
      stages.decode(decode);
      stages.ffmpeg(ffmpegStart, "-frames:v", "1");
      stages.ffmpeg(ffmpeg);
    }
    double slowestStage = Math.max(decodeStage.seconds(), faceStage.seconds());
    double shared =
        (decodeStage.cpuSeconds() + faceStage.cpuSeconds())
            / Runtime.getRuntime().availableProcessors();
    Map<String, Double> measured = new LinkedHashMap<>();
    measured.put("faces", (double) result.faceFrames());
    measured.put("frames", (double) result.decodedFrames());
    measured.put("childStartSeconds", startSeconds);
    measured.put("childFacesPerSecond", result.faceFrames() / child.seconds());
    measured.put("inProcessFacesPerSecond", result.faceFrames() / inProcess.seconds());
    measured.put("childToInProcess", inProcess.seconds() / child.seconds());
    measured.put("decodedPerSecond", (result.decodedFrames() - 1) / decode.seconds());
    measured.put("decodeToFfmpeg", (ffmpeg.seconds() - ffmpegStart.seconds()) / decode.seconds());
    measured.put("ffmpegStartSeconds", ffmpegStart.seconds());
    measured.put("decodeStageSeconds", decodeStage.seconds());
    measured.put("faceStageSeconds", faceStage.seconds());
    measured.put("stagesOverProcessorsSeconds", shared);
    measured.put("ingestToSlowestStage", Math.max(slowestStage, shared) / child.seconds());
    measured.put("ingestToSlowestStageApart", slowestStage / child.seconds());
    measured.put("cpuSecondsPerVideoMinute", inProcess.cpuSeconds() * 60 / videoSeconds);
    measured.values().removeIf(value -> value.isNaN());
    return new Measurements(measured);
  }

  private ExtractionResult extract(VideoExtractor extractor) {
    ExtractionResult result = extractor.extract(video, "bench", 1, face -> {});
    if (result.isFailed()) {
      throw new IllegalStateException(result.failureMessage());
    }
    return result;
  }
}
