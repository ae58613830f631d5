package io.framewarden.ingest.archive;

import io.framewarden.v1.FaceLabel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Labels from a CSV file: a header row with {@code file,label} and optionally {@code
 * domain,identity,split}, in any order; {@code label} is real, fake, or empty. {@code file} is the
 * name relative to the given folder, or the plain file name where only one row has it.
 */
final class LabelTable implements Labels {
  private final Map<String, FaceLabel> rows = new TreeMap<>();

  /**
   * @throws LabelTableException naming the line and what is wrong with it
   */
  LabelTable(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    if (lines.isEmpty()) {
      throw new LabelTableException(file, 1, "no header row; it must name file,label");
    }
    Map<String, Integer> columns = header(file, lines.get(0));
    for (int i = 1; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        add(file, i + 1, columns, cells(lines.get(i)));
      }
    }
  }

  @Override
  public FaceLabel of(MediaFile file) {
    FaceLabel.Builder label = FaceLabel.newBuilder();
    FaceLabel row = rows.get(key(file));
    if (row != null) {
      label.mergeFrom(row);
    }
    if (label.getIdentity().isEmpty()) {
      label.setIdentity(file.stem());
    }
    return label.setSource(file.name()).build();
  }

  @Override
  public Set<String> unmatched(List<MediaFile> files) {
    Set<String> names = new TreeSet<>(rows.keySet());
    files.forEach(file -> names.remove(key(file)));
    return names;
  }

  private String key(MediaFile file) {
    String plain = file.name().substring(file.name().lastIndexOf('/') + 1);
    return rows.containsKey(file.name()) ? file.name() : plain;
  }

  private static Map<String, Integer> header(Path file, String line) throws LabelTableException {
    Map<String, Integer> columns = new HashMap<>();
    List<String> names = cells(line.replace("\ufeff", ""));
    for (int i = 0; i < names.size(); i++) {
      columns.put(names.get(i).toLowerCase(Locale.ROOT), i);
    }
    Set<String> unknown = new TreeSet<>(columns.keySet());
    unknown.removeAll(Set.of("file", "label", "domain", "identity", "split"));
    if (!columns.containsKey("file") || !columns.containsKey("label") || !unknown.isEmpty()) {
      throw new LabelTableException(
          file, 1, "the header must be file,label[,domain][,identity][,split], not " + line);
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
    FaceLabel row =
        FaceLabel.newBuilder()
            .setLabelled(!label.isEmpty())
            .setFake(label.equals("fake"))
            .setDomain(domain.isEmpty() ? label : domain)
            .setIdentity(cell(columns, cells, "identity"))
            .setSplit(cell(columns, cells, "split"))
            .build();
    if (rows.put(name, row) != null) {
      throw new LabelTableException(file, line, name + " has a row already");
    }
  }

  private static String cell(Map<String, Integer> columns, List<String> cells, String name) {
    Integer at = columns.get(name);
    return at == null || at >= cells.size() ? "" : cells.get(at);
  }

  /** Cells of one line; a quoted cell may hold commas and doubled quotes. */
  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      boolean doubled = quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"';
      if (doubled) {
        cell.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString().trim());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString().trim());
    return cells;
  }
}
