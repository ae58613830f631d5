package io.framewarden.trainer.archive.layout;

import io.framewarden.trainer.archive.export.ArchiveInputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;

/**
 * The data sets that are understood. Each gives every file a label: real or the forgery method, the
 * people in it, and a split that no person crosses: the data set's own where it has one, else by
 * {@link io.framewarden.trainer.archive.PersonGroups}.
 */
public enum Layout {
  /** FaceForensics++. */
  FFPP(FaceForensics::read),
  /** Celeb-DF v2. */
  CELEBDF(CelebDf::read),
  /** The Deepfake Detection Challenge. */
  DFDC(Dfdc::read),
  /** DeeperForensics-1.0, with its targets from FaceForensics++. */
  DEEPERFORENSICS(DeeperForensics::read),
  /** Diverse Fake Face Dataset. */
  DFFD(Dffd::read),
  /** Diffusion Facial Forgery. */
  DIFF(Diff::read),
  /** {@code real/} and {@code fake/METHOD/}. */
  FOLDERS(PlainFolders::read);

  /** Reads the names in one data set's folders. */
  @FunctionalInterface
  private interface Reader {
    void read(List<Path> roots, Compression compression, DataSetCollector collector)
        throws IOException;
  }

  private final Reader reader;

  Layout(Reader reader) {
    this.reader = reader;
  }

  /**
   * What the folders hold.
   *
   * @param roots folders of the data set; most have one
   * @param compression which copies of FaceForensics++ videos
   * @throws java.nio.file.FileSystemException when one of them is no folder
   * @throws LayoutException when a folder has another layout; the message shows the one expected
   */
  public ArchiveInputs read(List<Path> roots, Compression compression) throws IOException {
    for (Path root : roots) {
      if (!Files.isDirectory(root)) {
        throw Files.exists(root)
            ? new NotDirectoryException(root.toString())
            : new NoSuchFileException(root.toString());
      }
    }
    DataSetCollector collector = new DataSetCollector();
    reader.read(roots, compression, collector);
    return collector.inputs();
  }
}
