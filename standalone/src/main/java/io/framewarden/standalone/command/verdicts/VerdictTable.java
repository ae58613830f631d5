package io.framewarden.standalone.command.verdicts;

import io.framewarden.runtime.command.TextTable;
import io.framewarden.schemas.text.VisibleText;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VideoUpload;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Verdicts in columns, with what their uploads say of them; among them the uploaders' own ids where
 * any gives one. Safe for several threads.
 */
final class VerdictTable {
  private static final String GAP = "  ";
  private static final String UNKNOWN = "-";
  private static final int MAX_NAME = 24;

  /** A column, and how wide it is where rows are printed before the later ones are known. */
  private record Column(String heading, int width) {}

  private static final Column EXTERNAL_ID = new Column("EXTERNAL ID", MAX_NAME);

  /** Behind it comes {@link #EXTERNAL_ID}. */
  private static final int SUBMITTER = 3;

  private static final List<Column> COLUMNS =
      List.of(
          new Column("TIME", 20),
          new Column("VIDEO", 36),
          new Column("FILE", MAX_NAME),
          new Column("SUBMITTER", 12),
          new Column("STATUS", 11),
          new Column("VERDICT", 11),
          new Column("P(FAKE)", 7),
          new Column("AUTOMATION", 12),
          new Column("FACES", 7),
          new Column("TRACKS", 6),
          new Column("SAMPLED", 9),
          new Column("WHY", 3));

  private final Map<String, VideoUpload> uploads = new ConcurrentHashMap<>();
  private volatile boolean linesHaveIds;

  /** Notes an upload; null where the video was deleted. */
  void uploaded(String videoId, VideoUpload upload) {
    if (upload == null) {
      uploads.remove(videoId);
    } else {
      uploads.put(videoId, upload);
    }
  }

  /** All of them, by the time of their decision, in columns as wide as need be. */
  String render(Collection<Verdict> verdicts) {
    boolean ids = verdicts.stream().anyMatch(verdict -> !externalId(verdict).isEmpty());
    TextTable table =
        new TextTable(columns(ids).stream().map(Column::heading).toArray(String[]::new));
    verdicts.stream()
        .sorted(Comparator.comparingLong(verdict -> verdict.getTimings().getDecidedUs()))
        .forEach(verdict -> table.row(cells(verdict, ids).toArray(String[]::new)));
    return table.render();
  }

  /**
   * The headings, above lines of {@link #line}. From here on lines have a column of external ids if
   * an upload so far has one.
   */
  String headings() {
    linesHaveIds =
        uploads.values().stream()
            .anyMatch(upload -> !upload.getReference().getExternalId().isEmpty());
    return line(columns(linesHaveIds).stream().map(Column::heading).toList());
  }

  /** One verdict in columns of a fixed width. */
  String line(Verdict verdict) {
    return line(cells(verdict, linesHaveIds));
  }

  private String line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    List<Column> columns = columns(linesHaveIds);
    for (int i = 0; i < cells.size(); i++) {
      String cell = VisibleText.of(cells.get(i));
      int width = columns.get(i).width();
      line.append(cell).append(" ".repeat(Math.max(0, width - cell.length()))).append(GAP);
    }
    return line.toString().stripTrailing();
  }

  private static List<Column> columns(boolean ids) {
    List<Column> columns = new ArrayList<>(COLUMNS);
    if (ids) {
      columns.add(SUBMITTER + 1, EXTERNAL_ID);
    }
    return columns;
  }

  private String externalId(Verdict verdict) {
    VideoUpload upload = uploads.get(verdict.getVideoId());
    return verdict.hasReference() || upload == null
        ? verdict.getReference().getExternalId()
        : upload.getReference().getExternalId();
  }

  private List<String> cells(Verdict verdict, boolean ids) {
    VideoUpload upload = uploads.get(verdict.getVideoId());
    List<String> cells = new ArrayList<>();
    cells.add(time(verdict.getTimings().getDecidedUs()));
    cells.add(verdict.getVideoId());
    cells.add(upload == null ? UNKNOWN : shortened(upload.getFileName()));
    cells.add(upload == null ? UNKNOWN : shortened(upload.getSubmitter()));
    if (ids) {
      cells.add(shortened(externalId(verdict)));
    }
    cells.add(verdict.getStatus().name());
    cells.add(VerdictText.label(verdict));
    cells.add(VerdictText.probability(verdict));
    cells.add(verdict.getAutomation().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    cells.add(VerdictText.faces(verdict));
    cells.add(VerdictText.tracks(verdict));
    cells.add(VerdictText.sampled(verdict));
    cells.add(VerdictText.why(verdict));
    return cells;
  }

  private static String time(long micros) {
    return micros == 0
        ? UNKNOWN
        : Instant.EPOCH.plus(micros, ChronoUnit.MICROS).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** The end of a long name, which has the file's own name and its ending. */
  private static String shortened(String name) {
    if (name.isEmpty()) {
      return UNKNOWN;
    }
    int points = name.codePointCount(0, name.length());
    int from = points <= MAX_NAME ? 0 : name.offsetByCodePoints(0, points - MAX_NAME + 3);
    return from == 0 ? name : "..." + name.substring(from);
  }
}
