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
 * Celeb-DF v2 (Li et al., CVPR 2020) as github.com/yuezunli/celeb-deepfakeforensics gives it out. A
 * forged video is named {@code TARGET_SOURCE_SCENE.mp4}. The test list of 518 videos says <b>1 for
 * real</b> and 0 for forged, against this project's own sense.
 *
 * <p>Its makers split by video and not by person: a celebrity of the test list is in hundreds of
 * other videos. Those are left out, so that what remains for training knows nobody of the test.
 */
final class CelebDf {
  static final String TREE =
      """
        List_of_testing_videos.txt           (lines such as: 1 YouTube-real/00170.mp4; 1 is real)
        Celeb-real/id0_0000.mp4
        YouTube-real/00000.mp4
        Celeb-synthesis/id0_id1_0000.mp4\
      """;

  private static final String LIST = "List_of_testing_videos.txt";
  private static final String METHOD = "Celeb-synthesis";
  private static final Pattern LINE = Pattern.compile("([01])\\s+(\\S+)");
  private static final Pattern CELEBRITY = Pattern.compile("(id\\d+)_\\d+");
  private static final Pattern STRANGER = Pattern.compile("\\d+");
  private static final Pattern SWAP = Pattern.compile("(id\\d+)_(id\\d+)_\\d+");

  private CelebDf() {}

  static void read(List<Path> roots, Compression compression, DataSetCollector collector)
      throws IOException {
    for (Path root : roots) {
      read(root, collector);
    }
  }

  private static void read(Path root, DataSetCollector collector) throws IOException {
    Path list = root.resolve(LIST);
    if (!Files.isRegularFile(list)) {
      throw LayoutException.of(root, "no " + LIST, TREE);
    }
    Map<String, Boolean> test = testList(list);
    int found = 0;
    for (String folder : List.of("Celeb-real", "YouTube-real", METHOD)) {
      for (Path file : DataFolders.media(root.resolve(folder))) {
        found++;
        boolean listed = test.remove(folder + "/" + file.getFileName()) != null;
        add(root, file, folder, listed ? "test" : "", collector);
      }
    }
    if (found == 0) {
      throw LayoutException.of(root, "no videos", TREE);
    }
    for (String missing : test.keySet()) {
      collector.skip(root, root.resolve(missing), SkippedFile.MISSING, LIST + " names it");
    }
  }

  private static void add(
      Path root, Path file, String folder, String split, DataSetCollector collector) {
    String stem = DataFolders.stem(file);
    Matcher celebrity = CELEBRITY.matcher(stem);
    Matcher swap = SWAP.matcher(stem);
    if (folder.equals(METHOD) && swap.matches()) {
      collector.fake(root, file, METHOD, person(swap.group(1)), person(swap.group(2)), split);
    } else if (folder.equals("Celeb-real") && celebrity.matches()) {
      collector.real(root, file, person(celebrity.group(1)), split);
    } else if (folder.equals("YouTube-real") && STRANGER.matcher(stem).matches()) {
      collector.real(root, file, person("youtube-" + stem), split);
    } else {
      collector.skip(
          root, file, SkippedFile.UNKNOWN_NAME, "is not named as Celeb-DF names videos there");
    }
  }

  private static String person(String id) {
    return "celebdf/" + id;
  }

  /** Whether each listed video is real. */
  private static Map<String, Boolean> testList(Path list) throws IOException {
    Map<String, Boolean> test = new HashMap<>();
    List<String> lines = Files.readAllLines(list);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty()) {
        continue;
      }
      Matcher parts = LINE.matcher(line);
      if (!parts.matches()) {
        throw new LayoutException(
            list, "line " + (i + 1) + " is not a label, 0 or 1, and a video: " + line);
      }
      boolean real = parts.group(1).equals("1");
      if (real == parts.group(2).startsWith(METHOD + "/")) {
        throw new LayoutException(
            list, "line " + (i + 1) + " contradicts the folder, for 1 is real: " + line);
      }
      test.put(parts.group(2), real);
    }
    return test;
  }
}
