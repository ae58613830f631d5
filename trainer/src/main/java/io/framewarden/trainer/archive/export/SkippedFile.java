package io.framewarden.trainer.archive.export;

import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.framewarden.schemas.text.SpreadsheetText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A file that gave no faces, and why.
 *
 * @param file its name in the data set
 * @param reason one word to count by: a {@link io.framewarden.v1.FailureReason}, or one of the
 *     constants here
 * @param message for a person: what is wrong and, where something can be done, what
 */
public record SkippedFile(String file, String reason, String message) {
  /** It was read, and has no face. */
  public static final String NO_FACE = "NO_FACE";

  /** A list or table of the data set names it, but it is not there. */
  public static final String MISSING = "MISSING";

  /** It is there, but no list of the data set names it. */
  public static final String NOT_LISTED = "NOT_LISTED";

  /** Its name is none that the data set gives. */
  public static final String UNKNOWN_NAME = "UNKNOWN_NAME";

  /** It shows a person of the official split without being in it. */
  public static final String TEST_PERSON = "TEST_PERSON";

  /** The moderators did not decide what it is. */
  public static final String UNDECIDED = "UNDECIDED";

  /**
   * Writes files as CSV, over any that is there: a header row with {@code file,reason,message},
   * then a row for each file. What a spreadsheet would take for a formula gets an apostrophe.
   */
  public static void writeTable(Path table, List<SkippedFile> skipped) throws IOException {
    // Quotes where they are needed, not wherever a text is long.
    CsvMapper mapper = new CsvMapper().enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING);
    CsvSchema columns =
        CsvSchema.builder()
            .addColumn("file")
            .addColumn("reason")
            .addColumn("message")
            .setUseHeader(true)
            .build();
    mapper
        .writer(columns)
        .writeValue(
            table.toFile(),
            skipped.stream()
                .map(
                    file ->
                        new SkippedFile(
                            SpreadsheetText.cell(file.file),
                            file.reason,
                            SpreadsheetText.cell(file.message)))
                .toList());
  }
}
