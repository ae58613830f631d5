package io.framewarden.trainer.archive.export;

import io.framewarden.v1.FaceLabel;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of a data set.
 *
 * @param files in the order in which they are archived
 * @param skipped files of the data set that are left out, and files that it lists but lacks
 */
public record ArchiveInputs(List<ArchiveInput> files, List<SkippedFile> skipped) {
  public ArchiveInputs {
    files = List.copyOf(files);
    skipped = List.copyOf(skipped);
  }

  /** Whether anything has a label: only such faces can be trained on. */
  public boolean isLabelled() {
    return labels().anyMatch(FaceLabel::getLabelled);
  }

  /**
   * How many people are labelled real; an archive has no more, and fewer where no face is found.
   */
  public int people() {
    return (int)
        labels()
            .filter(label -> label.getLabelled() && !label.getFake())
            .map(ExportTally::person)
            .distinct()
            .count();
  }

  private Stream<FaceLabel> labels() {
    return files.stream()
        .flatMap(
            file -> Stream.concat(Stream.of(file.label()), file.trackLabels().values().stream()));
  }
}
