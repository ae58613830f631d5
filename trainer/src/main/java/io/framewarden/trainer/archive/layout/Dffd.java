package io.framewarden.trainer.archive.layout;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The Diverse Fake Face Dataset (Dang et al., CVPR 2020): one folder for each archive that
 * cvlab.cse.msu.edu gives out, each with {@code train}, {@code validation} and {@code test}; the
 * parts from FaceForensics++ and CelebA, which its makers could not give out, under the names that
 * readers of the data set use. Nobody is named in it: a person is a photograph, and the official
 * split is all that keeps people apart.
 */
final class Dffd {
  static final String TREE =
      """
        ffhq/{train,validation,test}/*.png                             (real, as far as there)
        {celeba,celeba_2w,youtube}/{train,validation,test}/*.png       (real, as far as there)
        faceapp/{train,validation,test}/*.png                          (forged, as far as there)
        {stargan,pggan_v1,pggan_v2,stylegan_celeba,stylegan_ffhq}/...  (forged, as far as there)
        {Deepfakes,Face2Face,FaceSwap}/...                             (forged, as far as there)\
      """;

  private static final List<String> REAL = List.of("ffhq", "celeba", "celeba_2w", "youtube");
  private static final List<String> FORGED =
      List.of(
          "faceapp",
          "stargan",
          "pggan_v1",
          "pggan_v2",
          "stylegan_celeba",
          "stylegan_ffhq",
          "Deepfakes",
          "Face2Face",
          "FaceSwap");
  private static final Map<String, String> SPLITS =
      Map.of("train", "train", "validation", "validation", "val", "validation", "test", "test");

  private Dffd() {}

  static void read(List<Path> roots, Compression compression, DataSetCollector collector)
      throws IOException {
    for (Path root : roots) {
      int found = 0;
      for (String folder : REAL) {
        found += read(root, folder, false, collector);
      }
      for (String folder : FORGED) {
        found += read(root, folder, true, collector);
      }
      if (found == 0) {
        throw LayoutException.of(root, "no photographs in folders that belong to DFFD", TREE);
      }
    }
  }

  private static int read(Path root, String folder, boolean forged, DataSetCollector collector)
      throws IOException {
    int found = 0;
    for (Path part : DataFolders.folders(root.resolve(folder))) {
      String split = SPLITS.get(part.getFileName().toString().toLowerCase(Locale.ROOT));
      List<Path> files = split == null ? new ArrayList<>() : DataFolders.allMedia(part);
      for (Path file : files) {
        String person = "dffd/" + folder + "/" + split + "/" + DataFolders.stem(file);
        if (forged) {
          collector.fake(root, file, folder, person, "", split);
        } else {
          collector.real(root, file, person, split);
        }
      }
      found += files.size();
    }
    return found;
  }
}
