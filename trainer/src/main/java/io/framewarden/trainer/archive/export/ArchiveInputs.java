package io.framewarden.trainer.archive.export;

import java.util.List;

/**
 * What a data set gives.
 *
 * @param files in the order in which they are archived
 * @param skipped what the data set has or speaks of but does not give
 */
public record ArchiveInputs(List<ArchiveInput> files, List<SkippedFile> skipped) {
  public ArchiveInputs {
    files = List.copyOf(files);
    skipped = List.copyOf(skipped);
  }
}
