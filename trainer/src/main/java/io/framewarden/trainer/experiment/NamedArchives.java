package io.framewarden.trainer.experiment;

import io.framewarden.runtime.command.UserError;
import io.framewarden.trainer.dataset.DatasetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Data sets by name, each of one or several archives, as {@code ffpp=a.fwa,celebdf=b.fwa}. */
public final class NamedArchives {
  private final Map<String, List<Path>> archives = new LinkedHashMap<>();

  /**
   * @throws UserError for anything that is not NAME=FILE, a name that is not wanted, or a wanted
   *     one that is missing
   */
  public static NamedArchives parse(List<String> pairs, Set<String> wanted) {
    NamedArchives parsed = new NamedArchives();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 1 || equals == pair.length() - 1) {
        throw new UserError(
            "--data " + pair + ": say NAME=ARCHIVE, as in ffpp=ffpp.fwa,celebdf=celebdf.fwa");
      }
      String name = pair.substring(0, equals);
      if (!wanted.contains(name)) {
        throw new UserError(
            "--data %s: this experiment needs %s".formatted(name, String.join(", ", wanted)));
      }
      parsed
          .archives
          .computeIfAbsent(name, key -> new ArrayList<>())
          .add(Path.of(pair.substring(equals + 1)));
    }
    for (String name : wanted) {
      if (!parsed.archives.containsKey(name)) {
        throw new UserError(
            "this experiment needs %s; give --data %s=ARCHIVE, made by `framewarden faces`"
                .formatted(String.join(", ", wanted), name));
      }
    }
    return parsed;
  }

  /**
   * The archives of a data set.
   *
   * @throws DatasetException when a file is missing, before anything is trained
   */
  public List<Path> of(String name) {
    for (Path archive : archives.get(name)) {
      if (!Files.isRegularFile(archive)) {
        throw new DatasetException(archive + ": no such archive for " + name);
      }
    }
    return archives.get(name);
  }
}
