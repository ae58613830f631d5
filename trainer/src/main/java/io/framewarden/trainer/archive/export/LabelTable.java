package io.framewarden.trainer.archive.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.framewarden.v1.FaceLabel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Labels from a CSV file: a header row with {@code file,label} and optionally {@code
 * domain,identity,source_identity,split}, in any order; {@code label} is real, fake, or empty. A
 * column {@code group:NAME} tells what else is known of the person, as {@code group:gender}. {@code
 * file} is a path: from the folder that was given or the one around it, from the table's own
 * folder, from the working directory, or absolute; or the plain file name.
 */
final class LabelTable implements FolderInputs.Labels {
  private static final String GROUP = "group:";

  private static final ObjectReader CSV =
      new CsvMapper()
          .enable(CsvParser.Feature.WRAP_AS_ARRAY)
          .enable(CsvParser.Feature.TRIM_SPACES)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .readerFor(String[].class);

  private final Map<String, FaceLabel> rows = new TreeMap<>();

  private final Path table;

  /** The rows' names by the files that they may refer to. */
  private final Map<Path, String> byPath = new HashMap<>();

  /**
   * @throws LabelTableException naming the line and what is wrong with it
   */
  LabelTable(Path file) throws IOException {
    table = file;
    Path folder = file.toAbsolutePath().getParent();
    try (MappingIterator<String[]> lines = CSV.readValues(Files.newBufferedReader(file))) {
      if (!lines.hasNext()) {
        throw new LabelTableException(file, 1, "no header row; it must name file,label");
      }
      Map<String, Integer> columns = header(file, List.of(lines.next()));
      while (lines.hasNext()) {
        List<String> cells = Arrays.asList(lines.next());
        add(file, lines.getCurrentLocation().getLineNr() - 1, columns, cells);
      }
    } catch (JsonProcessingException e) {
      throw new LabelTableException(
          file, e.getLocation().getLineNr(), "is no CSV: " + e.getOriginalMessage());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (String name : rows.keySet()) {
      try {
        Path path = Path.of(name).normalize();
        byPath.putIfAbsent(folder.resolve(path), name);
        byPath.putIfAbsent(path.toAbsolutePath(), name);
      } catch (InvalidPathException e) {
        // Such a name can still be a file's plain name.
      }
    }
  }

  @Override
  public FaceLabel of(MediaFile file) {
    FaceLabel.Builder label =
        rows.getOrDefault(key(file), FaceLabel.getDefaultInstance()).toBuilder();
    if (label.getIdentity().isEmpty()) {
      label.setIdentity(file.stem());
    }
    return label.setSource(file.name()).build();
  }

  @Override
  public Set<String> unmatched(List<MediaFile> files) throws LabelTableException {
    Set<String> names = new TreeSet<>(rows.keySet());
    files.forEach(file -> names.remove(key(file)));
    if (names.size() == rows.size() && !files.isEmpty()) {
      throw new LabelTableException(
          table,
          2,
          "no row names any of the %d files; %s could be called %s"
              .formatted(files.size(), files.get(0).path(), files.get(0).name()));
    }
    return names;
  }

  private String key(MediaFile file) {
    for (String name : List.of(file.name(), file.labelled())) {
      if (rows.containsKey(name)) {
        return name;
      }
    }
    String plain = file.name().substring(file.name().lastIndexOf('/') + 1);
    return byPath.getOrDefault(file.path().toAbsolutePath().normalize(), plain);
  }

  private static Map<String, Integer> header(Path file, List<String> names)
      throws LabelTableException {
    Map<String, Integer> columns = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      columns.put(names.get(i).replace("\ufeff", "").toLowerCase(Locale.ROOT), i);
    }
    Set<String> unknown = new TreeSet<>(columns.keySet());
    unknown.removeIf(name -> name.startsWith(GROUP) && name.length() > GROUP.length());
    unknown.removeAll(Set.of("file", "label", "domain", "identity", "source_identity", "split"));
    if (!columns.containsKey("file") || !columns.containsKey("label") || !unknown.isEmpty()) {
      throw new LabelTableException(
          file,
          1,
          "the header must be file,label[,domain][,identity][,source_identity][,split]"
              + "[,group:NAME...], not "
              + String.join(",", names));
    }
    return columns;
  }

  private void add(Path file, int line, Map<String, Integer> columns, List<String> cells)
      throws LabelTableException {
    if (cells.size() > columns.size()) {
      throw new LabelTableException(
          file, line, cells.size() + " cells, but " + columns.size() + " columns");
    }
    String name = cell(columns, cells, "file").replace('\\', '/');
    String label = cell(columns, cells, "label").toLowerCase(Locale.ROOT);
    if (name.isEmpty() || !Set.of("real", "fake", "").contains(label)) {
      throw new LabelTableException(
          file, line, "needs a file, and a label real, fake or nothing, not \"" + label + "\"");
    }
    String domain = cell(columns, cells, "domain");
    Map<String, String> groups = new TreeMap<>();
    for (String column : columns.keySet()) {
      String value = cell(columns, cells, column);
      if (column.startsWith(GROUP) && !value.isEmpty()) {
        groups.put(column.substring(GROUP.length()), value);
      }
    }
    FaceLabel row =
        FaceLabel.newBuilder()
            .setLabelled(!label.isEmpty())
            .setFake(label.equals("fake"))
            .setDomain(domain.isEmpty() ? label : domain)
            .setIdentity(cell(columns, cells, "identity"))
            .setSourceIdentity(cell(columns, cells, "source_identity"))
            .setSplit(cell(columns, cells, "split"))
            .putAllGroups(groups)
            .build();
    if (rows.put(name, row) != null) {
      throw new LabelTableException(file, line, name + " has a row already");
    }
  }

  private static String cell(Map<String, Integer> columns, List<String> cells, String name) {
    Integer at = columns.get(name);
    return at == null || at >= cells.size() ? "" : cells.get(at);
  }
}
