package io.framewarden.trainer.archive.layout;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * DiFF, Diffusion Facial Forgery (Cheng et al., ACM MM 2024; github.com/xaCheng1996/DiFF): train,
 * val and test, in each the four conditions of the paper's section 3, and in those one folder for
 * each of the thirteen methods. The condition is the domain, as the paper's tables have it. The
 * pristine photographs come on request and are looked for under {@code Real}. Nobody is named: a
 * person is a photograph.
 */
final class Diff {
  static final String TREE =
      """
        {train,val,test}/T2I/{Midjourney,SDXL,FreeDoM_T,HPS}/*.png
        {train,val,test}/I2I/{LoRA,DreamBooth,SDXL_Refiner,FreeDoM_I}/*.png
        {train,val,test}/FS/{DiffFace,DCFace}/*.png
        {train,val,test}/FE/{Imagic,CoDiff,CycleDiff}/*.png
        {train,val,test}/Real/*.png
      as far as there; the methods' folders may have other names, or be left out\
      """;

  private static final List<String> CONDITIONS = List.of("T2I", "I2I", "FS", "FE");
  private static final List<String> REAL = List.of("REAL", "PRISTINE");
  private static final Map<String, String> SPLITS =
      Map.of("train", "train", "val", "validation", "validation", "validation", "test", "test");

  private Diff() {}

  static void read(List<Path> roots, Compression compression, DataSetCollector collector)
      throws IOException {
    for (Path root : roots) {
      int found = 0;
      for (Path part : DataFolders.folders(root)) {
        String split = SPLITS.get(name(part).toLowerCase(Locale.ROOT));
        for (Path folder : split == null ? new ArrayList<Path>() : DataFolders.folders(part)) {
          found += read(root, folder, split, collector);
        }
      }
      if (found == 0) {
        throw LayoutException.of(root, "no photographs in folders that belong to DiFF", TREE);
      }
    }
  }

  private static int read(Path root, Path folder, String split, DataSetCollector collector)
      throws IOException {
    String condition = name(folder).toUpperCase(Locale.ROOT);
    boolean real = REAL.contains(condition);
    if (!real && !CONDITIONS.contains(condition)) {
      return 0;
    }
    List<Path> files = DataFolders.allMedia(folder);
    for (Path file : files) {
      String relative = folder.relativize(file).toString().replace('\\', '/');
      String person = "diff/" + split + "/" + condition + "/" + relative;
      if (real) {
        collector.real(root, file, person, split);
      } else {
        collector.fake(root, file, condition, person, "", split);
      }
    }
    return files.size();
  }

  private static String name(Path folder) {
    return folder.getFileName().toString();
  }
}
