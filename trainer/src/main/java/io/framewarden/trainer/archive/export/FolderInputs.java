package io.framewarden.trainer.archive.export;

import io.framewarden.v1.FaceLabel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Videos and photographs anywhere below some folders. */
public final class FolderInputs {
  /** Gives files their labels. */
  interface Labels {
    /** The label of a file; not {@code labelled} where nothing is known. */
    FaceLabel of(MediaFile file);

    /**
     * Names that have a label although no input has them.
     *
     * @throws LabelTableException when that is all of them: before hours are spent on unlabelled
     *     faces
     */
    default Set<String> unmatched(List<MediaFile> files) throws LabelTableException {
      return Set.of();
    }
  }

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
    return of(MediaFile.under(inputs), FolderInputs::byFolder);
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

  /**
   * The label by folder: everything below a folder {@code real} is real, below {@code
   * fake/<method>} forged by that method, otherwise unlabelled. Folders {@code train}, {@code
   * validation} and {@code test} name the split. The identity is the file's name without its
   * extension.
   */
  private static FaceLabel byFolder(MediaFile file) {
    FaceLabel.Builder label =
        FaceLabel.newBuilder().setSource(file.name()).setIdentity(file.stem());
    String[] parts = file.labelled().split("/");
    for (int i = 0; i < parts.length - 1; i++) {
      if (Set.of("train", "validation", "test").contains(parts[i])) {
        label.setSplit(parts[i]);
      } else if (!label.getLabelled() && parts[i].equals("real")) {
        label.setLabelled(true).setDomain("real");
      } else if (!label.getLabelled() && parts[i].equals("fake")) {
        boolean method = i + 1 < parts.length - 1;
        label.setLabelled(true).setFake(true).setDomain(method ? parts[i + 1] : "fake");
      }
    }
    return label.build();
  }
}
