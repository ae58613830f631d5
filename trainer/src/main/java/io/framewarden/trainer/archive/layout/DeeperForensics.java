package io.framewarden.trainer.archive.layout;

import io.framewarden.trainer.archive.export.SkippedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * DeeperForensics-1.0 (Jiang et al., CVPR 2020), by {@code dataset/README.md} of
 * github.com/EndlessSora/DeeperForensics-1.0. A forged video is named {@code TARGET_SOURCE.mp4}:
 * the id of a FaceForensics++ video and an actor's. The real side are these targets, which are not
 * part of the data set: give the FaceForensics++ folder beside it. The actors' own videos under
 * {@code source_videos} are, by the makers' word, no real side for detection, and are passed over.
 * The official split is by actor; a target goes with its forged video.
 */
final class DeeperForensics {
  static final String TREE =
      """
        lists/splits/train.txt, val.txt, test.txt       (one forged video a line)
        manipulated_videos/end_to_end/000_M101.mp4
        manipulated_videos/{end_to_end_level_1..5,end_to_end_random_level,...}/... (as far as there)
        manipulated_videos/reenact_postprocess/...                                 (as far as there)
      and in the same folder or in a second one, from FaceForensics++:
        original_sequences/youtube/c23/videos/000.mp4\
      """;

  private static final String METHOD = "DF-VAE";
  private static final String REENACTED = "reenact_postprocess";
  private static final Pattern SWAP = Pattern.compile("(\\d{3})_([MW]\\d{3})");

  /** Official splits by the name of a forged video. */
  private final Map<String, String> splits = new HashMap<>();

  /** Official splits by the id of a target. */
  private final Map<String, String> targets = new HashMap<>();

  private final DataSetCollector collector;

  private DeeperForensics(DataSetCollector collector) {
    this.collector = collector;
  }

  static void read(List<Path> roots, Compression compression, DataSetCollector collector)
      throws IOException {
    DeeperForensics reader = new DeeperForensics(collector);
    List<Path> forged =
        roots.stream()
            .filter(root -> Files.isDirectory(root.resolve("manipulated_videos")))
            .toList();
    if (forged.isEmpty()) {
      throw LayoutException.of(roots.get(0), "no manipulated_videos", TREE);
    }
    for (Path root : forged) {
      reader.readSplits(root);
      reader.readForged(root);
    }
    for (Path root : roots) {
      Map<String, Path> originals = FaceForensics.originals(root, compression);
      if (originals.isEmpty() && !forged.contains(root)) {
        throw LayoutException.of(
            root, "neither manipulated_videos nor " + compression + " originals", TREE);
      }
      reader.addTargets(root, originals);
    }
  }

  private void readSplits(Path root) throws IOException {
    Map<String, String> files =
        Map.of("train.txt", "train", "val.txt", "validation", "test.txt", "test");
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path list = root.resolve("lists/splits").resolve(file.getKey());
      if (!Files.isRegularFile(list)) {
        throw LayoutException.of(root, "no lists/splits/" + file.getKey(), TREE);
      }
      for (String line : Files.readAllLines(list)) {
        if (!line.isBlank()) {
          put(DataFolders.stem(Path.of(line.strip())), file.getValue());
        }
      }
    }
  }

  private void put(String forged, String split) {
    splits.put(forged, split);
    Matcher name = SWAP.matcher(forged);
    if (name.matches()) {
      targets.put(name.group(1), split);
    }
  }

  private void readForged(Path root) throws IOException {
    for (Path variant : DataFolders.folders(root.resolve("manipulated_videos"))) {
      boolean reenacted = variant.getFileName().toString().equals(REENACTED);
      for (Path file : DataFolders.media(variant)) {
        String stem = DataFolders.stem(file);
        Matcher name = SWAP.matcher(stem);
        if (!name.matches()) {
          collector.skip(
              root, file, SkippedFile.UNKNOWN_NAME, "is not named TARGET_SOURCE as 000_M101");
        } else if (!splits.containsKey(stem)) {
          collector.skip(root, file, SkippedFile.NOT_LISTED, "no list in lists/splits names it");
        } else {
          collector.fake(
              root,
              file,
              reenacted ? METHOD + "-reenactment" : METHOD,
              FaceForensics.person(name.group(1)),
              "deeperforensics/" + name.group(2),
              splits.get(stem));
        }
      }
    }
  }

  private void addTargets(Path root, Map<String, Path> originals) {
    originals.forEach(
        (id, file) -> {
          if (targets.containsKey(id)) {
            collector.real(root, file, FaceForensics.person(id), targets.get(id));
          } else {
            collector.skip(root, file, SkippedFile.NOT_LISTED, "is the target of no listed video");
          }
        });
  }
}
