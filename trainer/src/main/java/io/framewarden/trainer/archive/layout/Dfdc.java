package io.framewarden.trainer.archive.layout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framewarden.trainer.archive.export.SkippedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The Deepfake Detection Challenge (Dolhansky et al., 2020) as Kaggle gives it out, one {@code
 * metadata.json} a part with label, split and, for a fake, the original (Kaggle's data page lists
 * the columns). It names neither people nor methods: a person here is an original video with its
 * fakes. The same few hundred actors recur in all of it, so a part goes to one side as a whole, the
 * closest that its files allow; whether an actor appears in two parts cannot be seen. The published
 * parts all say {@code train}, which splits nothing; {@code validation} and {@code test} are kept.
 */
final class Dfdc {
  static final String TREE =
      """
        dfdc_train_part_0/metadata.json
        dfdc_train_part_0/aaqaifqrwn.mp4
        dfdc_train_part_1/...                (as many parts as there are; or one part itself)
      with {"aaqaifqrwn.mp4": {"label": "FAKE", "split": "train", "original": "jytrvwlewz.mp4"}}\
      """;

  private static final String METADATA = "metadata.json";
  private static final String METHOD = "dfdc";

  private Dfdc() {}

  static void read(List<Path> roots, Compression compression, DataSetCollector collector)
      throws IOException {
    for (Path root : roots) {
      List<Path> parts = new ArrayList<>(DataFolders.folders(root));
      parts.add(root);
      parts.removeIf(part -> !Files.isRegularFile(part.resolve(METADATA)));
      if (parts.isEmpty()) {
        throw LayoutException.of(root, "no " + METADATA, TREE);
      }
      for (Path part : parts) {
        read(root, part, collector);
      }
    }
  }

  private static void read(Path root, Path part, DataSetCollector collector) throws IOException {
    JsonNode metadata = metadata(part.resolve(METADATA));
    Set<String> present = new HashSet<>();
    for (Path file : DataFolders.media(part)) {
      String name = file.getFileName().toString();
      present.add(name);
      if (metadata.has(name)) {
        add(root, part, file, metadata.get(name), collector);
      } else {
        collector.skip(root, file, SkippedFile.NOT_LISTED, METADATA + " does not name it");
      }
    }
    for (Map.Entry<String, JsonNode> listed : metadata.properties()) {
      if (!present.contains(listed.getKey())) {
        collector.skip(
            root, part.resolve(listed.getKey()), SkippedFile.MISSING, METADATA + " names it");
      }
    }
  }

  private static void add(
      Path root, Path part, Path file, JsonNode entry, DataSetCollector collector)
      throws LayoutException {
    String label = entry.path("label").asText().toUpperCase(Locale.ROOT);
    String split = split(entry.path("split").asText());
    String original = entry.path("original").asText("");
    String own = DataFolders.stem(file);
    if (label.equals("REAL")) {
      collector.real(root, file, person(own), split);
      collector.link(person(own), part(part));
    } else if (label.equals("FAKE")) {
      String target = original.isBlank() ? own : DataFolders.stem(Path.of(original));
      collector.fake(root, file, METHOD, person(target), "", split);
      collector.link(person(target), part(part));
    } else {
      throw new LayoutException(
          part.resolve(METADATA),
          "label of " + file.getFileName() + " is neither REAL nor FAKE: " + label);
    }
  }

  private static String split(String named) {
    return switch (named.toLowerCase(Locale.ROOT)) {
      case "validation", "val" -> "validation";
      case "test" -> "test";
      default -> "";
    };
  }

  private static String person(String video) {
    return "dfdc/" + video;
  }

  private static String part(Path part) {
    return "dfdc/" + part.toAbsolutePath().normalize().getFileName();
  }

  private static JsonNode metadata(Path file) throws IOException {
    try {
      JsonNode metadata = new ObjectMapper().readTree(Files.readAllBytes(file));
      if (!metadata.isObject()) {
        throw new LayoutException(file, "is no JSON object of videos by their names");
      }
      return metadata;
    } catch (JsonProcessingException e) {
      throw new LayoutException(file, "is no JSON: " + e.getOriginalMessage());
    }
  }
}
