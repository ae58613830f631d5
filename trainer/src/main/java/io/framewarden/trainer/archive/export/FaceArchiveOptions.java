package io.framewarden.trainer.archive.export;

import io.framewarden.extraction.extract.SamplingPolicy;
import io.framewarden.extraction.face.FaceDetectorConfig;
import io.framewarden.extraction.ffmpeg.DecodeOptions;
import java.nio.file.Path;

/**
 * How an archive is made.
 *
 * @param output the archive to write
 * @param sampling which images of a video are looked at
 * @param decoding limits and threads of the decoder
 * @param detector which face detector
 * @param allFacesOfPhotographs keep every face of a photograph rather than the largest
 * @param threads files worked on at the same time
 * @param resume go on where an interrupted export of the same inputs stopped
 */
public record FaceArchiveOptions(
    Path output,
    SamplingPolicy sampling,
    DecodeOptions decoding,
    FaceDetectorConfig detector,
    boolean allFacesOfPhotographs,
    int threads,
    boolean resume) {
  public FaceArchiveOptions {
    if (threads < 1) {
      throw new IllegalArgumentException("an export needs at least one thread");
    }
  }

  /** Everything as it comes, on every core. */
  public static FaceArchiveOptions of(Path output) {
    return new FaceArchiveOptions(
        output,
        SamplingPolicy.defaults(),
        new DecodeOptions(DecodeOptions.defaults().limits(), 1),
        FaceDetectorConfig.defaults(),
        false,
        Runtime.getRuntime().availableProcessors(),
        false);
  }

  /** The same, going on with what is there. */
  public FaceArchiveOptions resuming() {
    return new FaceArchiveOptions(
        output, sampling, decoding, detector, allFacesOfPhotographs, threads, true);
  }
}
