package io.framewarden.trainer.archive.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Videos and photographs anywhere below some folders. */
public final class FolderInputs {
  private FolderInputs() {}

  /**
   * Every video and photograph under the inputs, with labels from a table.
   *
   * @param table a CSV file
   * @throws IOException when an input or the table is missing or unusable
   */
  public static ArchiveInputs of(List<Path> inputs, Path table) throws IOException {
    return of(MediaFile.under(inputs), new LabelTable(table));
  }

  /**
   * Every video and photograph under the inputs, with labels from the folders' names.
   *
   * @throws IOException when an input is missing or unusable
   */
  public static ArchiveInputs of(List<Path> inputs) throws IOException {
    return of(MediaFile.under(inputs), Labels.byFolder());
  }

  private static ArchiveInputs of(List<MediaFile> files, Labels labels) throws IOException {
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
