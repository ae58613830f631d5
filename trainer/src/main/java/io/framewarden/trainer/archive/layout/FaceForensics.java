package io.framewarden.trainer.archive.layout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framewarden.trainer.archive.export.SkippedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * FaceForensics++ (Rössler et al., ICCV 2019) as its download script lays it out: {@code
 * dataset/README.md} of github.com/ondyari/FaceForensics, and the split files under {@code
 * dataset/splits} there, 360, 70 and 70 pairs of ids. A forged video is named {@code
 * TARGET_SOURCE.mp4}. Google's DeepFakeDetection, which the script downloads too, is named by
 * actors, {@code TARGET_SOURCE__SCENE__ID.mp4}, and has no split of its own: its swaps link nearly
 * all actors, so expect it on one side.
 */
final class FaceForensics {
  static final String TREE =
      """
        train.json, val.json, test.json        (or in splits/, or in dataset/splits/)
        original_sequences/youtube/c23/videos/000.mp4
        original_sequences/actors/c23/videos/01__exit_phone_room.mp4               (optional)
        manipulated_sequences/Deepfakes/c23/videos/000_003.mp4
        manipulated_sequences/{Face2Face,FaceSwap,NeuralTextures,FaceShifter}/...  (as far as there)
        manipulated_sequences/DeepFakeDetection/c23/videos/01_02__...mp4           (optional)
      with c23, c40, or c0 (raw) for the compression\
      """;

  private static final String PEOPLE = "ffpp/";
  private static final String ACTORS = "dfd/";
  private static final List<String> METHODS =
      List.of("Deepfakes", "Face2Face", "FaceSwap", "NeuralTextures", "FaceShifter");
  private static final Map<String, String> SPLIT_FILES =
      Map.of("train.json", "train", "val.json", "validation", "test.json", "test");
  private static final Pattern ORIGINAL = Pattern.compile("(\\d{3})");
  private static final Pattern SWAP = Pattern.compile("(\\d{3})_(\\d{3})");
  private static final Pattern ACTOR = Pattern.compile("(\\d{2})__.+");
  private static final Pattern ACTOR_SWAP = Pattern.compile("(\\d{2})_(\\d{2})__.+");

  private final Path root;
  private final Compression compression;
  private final DataSetCollector collector;
  private Map<String, String> splits;

  private FaceForensics(Path root, Compression compression, DataSetCollector collector) {
    this.root = root;
    this.compression = compression;
    this.collector = collector;
  }

  static void read(List<Path> roots, Compression compression, DataSetCollector collector)
      throws IOException {
    for (Path root : roots) {
      new FaceForensics(root, compression, collector).read();
    }
  }

  /** The original videos of a root by their ids; empty when it has none of that compression. */
  static Map<String, Path> originals(Path root, Compression compression) throws IOException {
    Map<String, Path> originals = new HashMap<>();
    Optional<Path> videos = videos(root.resolve("original_sequences/youtube"), compression);
    if (videos.isPresent()) {
      DataFolders.media(videos.get()).forEach(file -> originals.put(DataFolders.stem(file), file));
    }
    return originals;
  }

  /** How this project names the person of an original video. */
  static String person(String id) {
    return PEOPLE + id;
  }

  private void read() throws IOException {
    int found = 0;
    found += originals();
    for (String method : METHODS) {
      found += swaps(method);
    }
    found += actors();
    if (found == 0) {
      throw LayoutException.of(root, "no " + compression + " videos" + others(), TREE);
    }
  }

  private int originals() throws IOException {
    List<Path> files = files("original_sequences/youtube");
    for (Path file : files) {
      Matcher name = ORIGINAL.matcher(DataFolders.stem(file));
      if (!name.matches()) {
        unknownName(file);
      } else if (split(name.group(1)).isEmpty()) {
        notListed(file);
      } else {
        collector.real(root, file, person(name.group(1)), split(name.group(1)));
      }
    }
    return files.size();
  }

  private int swaps(String method) throws IOException {
    List<Path> files = files("manipulated_sequences/" + method);
    for (Path file : files) {
      Matcher name = SWAP.matcher(DataFolders.stem(file));
      if (!name.matches()) {
        unknownName(file);
        continue;
      }
      String split = split(name.group(1));
      if (split.isEmpty() || !split.equals(split(name.group(2)))) {
        notListed(file);
      } else {
        String source = person(name.group(2));
        collector.fake(root, file, method, person(name.group(1)), source, split);
      }
    }
    return files.size();
  }

  private int actors() throws IOException {
    List<Path> reals = files("original_sequences/actors");
    for (Path file : reals) {
      Matcher name = ACTOR.matcher(DataFolders.stem(file));
      if (name.matches()) {
        collector.real(root, file, ACTORS + name.group(1), "");
      } else {
        unknownName(file);
      }
    }
    List<Path> fakes = files("manipulated_sequences/DeepFakeDetection");
    for (Path file : fakes) {
      Matcher name = ACTOR_SWAP.matcher(DataFolders.stem(file));
      if (name.matches()) {
        String target = ACTORS + name.group(1);
        collector.fake(root, file, "DeepFakeDetection", target, ACTORS + name.group(2), "");
      } else {
        unknownName(file);
      }
    }
    return reals.size() + fakes.size();
  }

  private List<Path> files(String sequences) throws IOException {
    Optional<Path> videos = videos(root.resolve(sequences), compression);
    return videos.isPresent() ? DataFolders.media(videos.get()) : List.of();
  }

  private static Optional<Path> videos(Path sequences, Compression compression) {
    return compression.folders().stream()
        .map(folder -> sequences.resolve(folder).resolve("videos"))
        .filter(Files::isDirectory)
        .findFirst();
  }

  private String others() throws IOException {
    List<String> others = new ArrayList<>();
    for (Compression other : Compression.values()) {
      if (other != compression && !originals(root, other).isEmpty()) {
        others.add("--compression " + other);
      }
    }
    return others.isEmpty() ? "" : "; there are some for " + String.join(", ", others);
  }

  /** The official split of an id, or empty. */
  private String split(String id) throws IOException {
    if (splits == null) {
      splits = new HashMap<>();
      for (Map.Entry<String, String> file : SPLIT_FILES.entrySet()) {
        for (String[] pair : pairs(splitFile(file.getKey()))) {
          for (String listed : pair) {
            splits.put(listed, file.getValue());
          }
        }
      }
    }
    return splits.getOrDefault(id, "");
  }

  private Path splitFile(String name) throws LayoutException {
    for (String folder : List.of("", "splits", "dataset/splits")) {
      Path file = root.resolve(folder).resolve(name);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    throw LayoutException.of(
        root,
        "no "
            + name
            + "; the official splits are dataset/splits of github.com/ondyari/"
            + "FaceForensics",
        TREE);
  }

  private static String[][] pairs(Path file) throws IOException {
    try {
      return new ObjectMapper().readValue(Files.readAllBytes(file), String[][].class);
    } catch (JsonProcessingException e) {
      throw new LayoutException(
          file,
          "is no list of pairs of ids such as [[\"071\",\"054\"]]: " + e.getOriginalMessage());
    }
  }

  private void unknownName(Path file) {
    collector.skip(
        root, file, SkippedFile.UNKNOWN_NAME, "is not named as FaceForensics++ names videos");
  }

  private void notListed(Path file) {
    collector.skip(
        root, file, SkippedFile.NOT_LISTED, "is in none of train.json, val.json, test.json");
  }
}
