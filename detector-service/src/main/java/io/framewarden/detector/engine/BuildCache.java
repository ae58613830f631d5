package io.framewarden.detector.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.framewarden.schemas.model.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of built files, each beside a JSON sidecar with everything that it depends on and its
 * own sha256. A file is given out only when its sidecar says exactly what is asked for and the
 * bytes are those that were stored; anything else is treated as absent, and built again by the
 * caller. Writes are atomic, so several processes may share a folder: at worst both build.
 */
public final class BuildCache {
  private static final Logger LOG = LoggerFactory.getLogger(BuildCache.class);
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final String KEY = "key";
  private static final String DIGEST = "sha256";

  /** Builds a file. */
  @FunctionalInterface
  public interface Writer {
    /**
     * Writes the file.
     *
     * @param target does not exist yet
     */
    void write(Path target) throws IOException;
  }

  private final Path folder;
  private final String suffix;

  /**
   * @param folder made when the first file is stored
   * @param suffix of the built files' names, with its dot
   */
  public BuildCache(Path folder, String suffix) {
    this.folder = folder.toAbsolutePath();
    this.suffix = suffix;
  }

  /** Where the files lie. */
  public Path folder() {
    return folder;
  }

  /**
   * The file that was built for {@code key}, if it is there and intact.
   *
   * @param label begins the file's name, for people
   */
  public Optional<Path> find(String label, Map<String, String> key) {
    Path file = file(label, key);
    if (!Files.isRegularFile(file) || !Files.isRegularFile(sidecar(file))) {
      return Optional.empty();
    }
    try {
      JsonNode recorded = JSON.readTree(sidecar(file).toFile());
      if (recorded == null || !recorded.path(KEY).equals(json(key))) {
        LOG.warn("{} was built for {}, not for {}: it is not used", file, recorded, key);
        return Optional.empty();
      }
      String digest = Sha256.of(file);
      if (!digest.equals(recorded.path(DIGEST).asText())) {
        LOG.warn(
            "{} has sha256 {}, its sidecar records {}: it is not used", file, digest, recorded);
        return Optional.empty();
      }
      return Optional.of(file);
    } catch (IOException e) {
      LOG.warn("{} cannot be read and is not used: {}", file, e.toString());
      return Optional.empty();
    }
  }

  /**
   * Builds and keeps a file, replacing any that was there.
   *
   * @return where it lies
   * @throws IOException when it cannot be written; what the writer throws passes through, and
   *     nothing is kept
   */
  public Path store(String label, Map<String, String> key, Writer writer) throws IOException {
    Files.createDirectories(folder);
    Path file = file(label, key);
    Path built = Files.createTempFile(folder, "new-", suffix);
    Path record = Files.createTempFile(folder, "new-", ".json");
    try {
      // Only the names are wanted: some builders refuse to overwrite, and a temporary file's rights
      // would keep a service from reading what another user has compiled for it.
      Files.delete(built);
      Files.delete(record);
      writer.write(built);
      ObjectNode content = JSON.createObjectNode();
      content.set(KEY, json(key));
      content.put(DIGEST, Sha256.of(built));
      JSON.writeValue(record.toFile(), content);
      // Between the two moves the pair does not fit, which find() takes for absent.
      Files.move(built, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      Files.move(
          record,
          sidecar(file),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      return file;
    } finally {
      Files.deleteIfExists(built);
      Files.deleteIfExists(record);
    }
  }

  /** The JSON beside a built file. */
  public static Path sidecar(Path file) {
    return file.resolveSibling(file.getFileName() + ".json");
  }

  private Path file(String label, Map<String, String> key) {
    String digest = Sha256.of(new TreeMap<>(key).toString().getBytes(StandardCharsets.UTF_8));
    return folder.resolve(label + "-" + digest.substring(0, 16) + suffix);
  }

  private static ObjectNode json(Map<String, String> key) {
    ObjectNode node = JSON.createObjectNode();
    new TreeMap<>(key).forEach(node::put);
    return node;
  }
}
