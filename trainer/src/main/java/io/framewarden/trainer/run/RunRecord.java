package io.framewarden.trainer.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.framewarden.runtime.command.UserError;
import io.framewarden.schemas.model.Sha256;
import io.framewarden.trainer.dataset.Sampling;
import io.framewarden.trainer.did.BetaOn;
import io.framewarden.trainer.recipe.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;

/**
 * What a run folder's {@code run.json} says: data and recipe, so that the run can be resumed and
 * exported without naming them again.
 *
 * @param archives absolute paths
 * @param contentDigest digest of all faces and labels
 * @param domains the forgery methods by number, from 1
 * @param pretrained what the backbone started from; null where it started from random weights
 */
public record RunRecord(
    List<String> archives,
    String contentDigest,
    List<String> domains,
    Recipe recipe,
    Pretrained pretrained) {
  private static final String FILE = "run.json";
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  /** Settings that runs may have been stored without: section, name, and what was done then. */
  private static final List<List<String>> LATER =
      List.of(
          List.of("/recipe/training/loss", "betaOn", BetaOn.FEATURES.name()),
          List.of("/recipe/data", "sampling", Sampling.BALANCED.name()));

  /**
   * Published weights.
   *
   * @param file its name, without folders
   * @param sha256 of its content
   */
  public record Pretrained(String file, String sha256) {
    /** Null for no file. */
    public static Pretrained of(Path file) throws IOException {
      if (file == null) {
        return null;
      }
      if (!Files.isRegularFile(file)) {
        throw new UserError(file + ": there is no such file of pretrained weights");
      }
      return new Pretrained(String.valueOf(file.getFileName()), Sha256.of(file));
    }
  }

  /** The record of a run from its parts, not read from its folder. */
  public static RunRecord of(
      List<Path> archives, RunData data, Recipe recipe, Pretrained pretrained) {
    return new RunRecord(
        archives.stream().map(archive -> archive.toAbsolutePath().toString()).toList(),
        data.faces().contentDigest(),
        data.domains().forgeries(),
        recipe,
        pretrained);
  }

  /** Whether the folder is a run folder. */
  public static boolean isIn(Path runFolder) {
    return Files.isRegularFile(runFolder.resolve(FILE));
  }

  /**
   * @throws UserError when the folder is no run folder
   */
  public static RunRecord read(Path runFolder) throws IOException {
    Path file = runFolder.resolve(FILE);
    try {
      JsonNode stored = MAPPER.readTree(Files.readAllBytes(file));
      for (List<String> later : LATER) {
        if (stored.at(later.get(0)) instanceof ObjectNode section && !section.has(later.get(1))) {
          section.put(later.get(1), later.get(2));
        }
      }
      return MAPPER.treeToValue(stored, RunRecord.class);
    } catch (NoSuchFileException e) {
      throw new UserError(
          runFolder + ": not a run folder (no " + FILE + "); `framewarden train` makes them", e);
    } catch (JsonProcessingException e) {
      throw new UserError(
          file + ": cannot be read: " + e.getOriginalMessage() + "; start the run again", e);
    }
  }

  /** Writes the record; the file is either the old one or the whole new one. */
  public void write(Path runFolder) throws IOException {
    Files.createDirectories(runFolder);
    Path part = runFolder.resolve(FILE + ".part");
    Files.write(part, MAPPER.writeValueAsBytes(this));
    Files.move(
        part,
        runFolder.resolve(FILE),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * @throws UserError when this run differs from the stored one; archives may have moved
   */
  public void checkContinues(RunRecord stored, Path runFolder) {
    if (!contentDigest.equals(stored.contentDigest)) {
      throw new UserError(
          archives + ": not the faces that " + runFolder + " was trained on, " + stored.archives);
    }
    if (!Objects.equals(pretrained, stored.pretrained)) {
      throw new UserError(
          runFolder + ": the run did not start from these pretrained weights; leave them out");
    }
    if (!domains.equals(stored.domains) || !recipe.equals(stored.recipe)) {
      throw new UserError(
          runFolder
              + ": the run has another recipe; leave the recipe's options out with --resume, or"
              + " start a new run");
    }
  }
}
