package io.framewarden.trainer.archive.export;

import java.util.List;

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
}
