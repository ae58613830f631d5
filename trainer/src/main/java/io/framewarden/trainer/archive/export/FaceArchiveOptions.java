package io.framewarden.trainer.archive.export;

import io.framewarden.extraction.extract.ExtractionConfig;
import io.framewarden.extraction.ffmpeg.DecodeOptions;
import java.nio.file.Path;

/**
 * How an archive is made.
 *
 * @param output the archive to write
 * @param extraction which frames are searched for faces, and how
 * @param allFacesOfPhotographs keep every face of a photograph rather than the largest
 * @param threads files processed at the same time, at least 1
 * @param resume continue an interrupted export of the same inputs
 * @param landmarks a table of dense landmarks, of photographs that are kept with them, or null
 */
public record FaceArchiveOptions(
    Path output,
    ExtractionConfig extraction,
    boolean allFacesOfPhotographs,
    int threads,
    boolean resume,
    Path landmarks) {

  public FaceArchiveOptions {
    if (threads < 1) {
      throw new IllegalArgumentException("an export needs at least one thread");
    }
  }

  /** The default extraction, on every core. */
  public static FaceArchiveOptions of(Path output) {
    ExtractionConfig extraction =
        ExtractionConfig.defaults()
            .withDecoding(new DecodeOptions(DecodeOptions.defaults().limits(), 1));
    return new FaceArchiveOptions(
        output, extraction, false, Runtime.getRuntime().availableProcessors(), false, null);
  }

  /** The same by another extraction. */
  public FaceArchiveOptions withExtraction(ExtractionConfig other) {
    return new FaceArchiveOptions(output, other, allFacesOfPhotographs, threads, resume, landmarks);
  }

  /** The same with every face of a photograph. */
  public FaceArchiveOptions withAllFacesOfPhotographs() {
    return new FaceArchiveOptions(output, extraction, true, threads, resume, landmarks);
  }

  /** The same, continuing an interrupted export. */
  public FaceArchiveOptions resuming() {
    return new FaceArchiveOptions(
        output, extraction, allFacesOfPhotographs, threads, true, landmarks);
  }

  /** The same, keeping photographs with the dense landmarks of this table. */
  public FaceArchiveOptions withLandmarks(Path table) {
    return new FaceArchiveOptions(
        output, extraction, allFacesOfPhotographs, threads, resume, table);
  }
}
