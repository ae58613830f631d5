package io.framewarden.trainer.archive.layout;

import io.framewarden.trainer.archive.export.ArchiveInput;
import io.framewarden.trainer.archive.export.ArchiveInputs;
import io.framewarden.trainer.archive.export.FolderInputs;
import io.framewarden.trainer.archive.export.SkippedFile;
import io.framewarden.v1.FaceLabel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A data set of one's own: {@code real} and {@code fake/METHOD}, in {@code train}, {@code
 * validation} and {@code test} or without a split. A person is a file's name without its ending, so
 * that {@code real/anna.mp4} and {@code fake/swap/anna.mp4} show the same.
 */
final class PlainFolders {
  static final String TREE =
      """
        real/anna.mp4
        fake/METHOD/anna.mp4
      or the same in train/, validation/ and test/; folders below these may have any name\
      """;

  private PlainFolders() {}

  static void read(List<Path> roots, Compression compression, DataSetCollector collector)
      throws IOException {
    for (Path root : roots) {
      ArchiveInputs files = FolderInputs.of(List.of(root));
      boolean labelled = false;
      for (ArchiveInput file : files.files()) {
        Path path = root.resolve(file.name());
        FaceLabel label = file.label();
        labelled |= label.getLabelled();
        if (!label.getLabelled()) {
          collector.skip(
              root, path, SkippedFile.NOT_LISTED, "is neither below real nor below fake");
        } else if (label.getFake()) {
          collector.fake(root, path, label.getDomain(), label.getIdentity(), "", label.getSplit());
        } else {
          collector.real(root, path, label.getIdentity(), label.getSplit());
        }
      }
      if (!labelled) {
        throw LayoutException.of(root, "no file below real or fake", TREE);
      }
    }
  }
}
