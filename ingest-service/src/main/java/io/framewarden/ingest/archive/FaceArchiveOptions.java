package io.framewarden.ingest.archive;

import io.framewarden.ingest.extract.SamplingPolicy;
import io.framewarden.ingest.face.FaceDetectorConfig;
import io.framewarden.ingest.ffmpeg.DecodeOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What goes into an archive, and how.
 *
 * @param inputs folders and files
 * @param output the archive to write
 * @param labels a CSV file; empty takes the labels from the folder layout
 * @param sampling which pictures of a video are looked at
 * @param decoding limits and threads of the decoder
 * @param detector which face detector
 * @param allFacesOfPhotographs keep every face of a photograph rather than the largest
 * @param threads files worked on at the same time
 */
public record FaceArchiveOptions(
    List<Path> inputs,
    Path output,
    Optional<Path> labels,
    SamplingPolicy sampling,
    DecodeOptions decoding,
    FaceDetectorConfig detector,
    boolean allFacesOfPhotographs,
    int threads) {
  public FaceArchiveOptions {
    inputs = List.copyOf(inputs);
    if (inputs.isEmpty() || threads < 1) {
      throw new IllegalArgumentException("an archive needs at least one input and one thread");
    }
  }

  /** Labels by folder, everything else as it comes, on every core. */
  public static FaceArchiveOptions of(List<Path> inputs, Path output) {
    return new FaceArchiveOptions(
        inputs,
        output,
        Optional.empty(),
        SamplingPolicy.defaults(),
        new DecodeOptions(DecodeOptions.defaults().limits(), 1),
        FaceDetectorConfig.defaults(),
        false,
        Runtime.getRuntime().availableProcessors());
  }

  public FaceArchiveOptions withLabels(Path table) {
    return new FaceArchiveOptions(
        inputs,
        output,
        Optional.of(table),
        sampling,
        decoding,
        detector,
        allFacesOfPhotographs,
        threads);
  }
}
