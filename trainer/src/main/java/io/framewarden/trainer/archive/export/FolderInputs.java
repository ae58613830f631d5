package io.framewarden.trainer.archive.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Videos and photographs anywhere below some folders. */
public final class FolderInputs {
  private FolderInputs() {}

  /**
   * Every video and photograph under the inputs.
   *
   * @param table a CSV file with labels; empty takes the labels from the folders' names
   * @throws IOException when an input or the table is missing or unusable
   */
  public static ArchiveInputs of(List<Path> inputs, Optional<Path> table) throws IOException {
    List<MediaFile> files = MediaFile.under(inputs);
    Labels labels = table.isPresent() ? new LabelTable(table.get()) : Labels.byFolder();
    return new ArchiveInputs(
        files.stream()
            .map(
                file ->
                    new ArchiveInput(
                        ArchiveSource.of(file.path()),
                        file.name(),
                        file.photograph(),
                        labels.of(file)))
            .toList(),
        labels.unmatched(files).stream()
            .map(
                name ->
                    new SkippedFile(
                        name, SkippedFile.MISSING, "the label table names it, but no input has it"))
            .toList());
  }
}
