package io.framewarden.trainer.archive.export;

import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes skipped files as CSV: a header row with {@code file,reason,message}, then one a row. */
public final class SkippedTable {
  private SkippedTable() {}

  /** Writes the table, over any that is there. */
  public static void write(Path file, List<SkippedFile> skipped) throws IOException {
    // Quotes where they are needed, not wherever a text is long.
    CsvMapper mapper = new CsvMapper().enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING);
    CsvSchema columns =
        CsvSchema.builder()
            .addColumn("file")
            .addColumn("reason")
            .addColumn("message")
            .setUseHeader(true)
            .build();
    mapper.writer(columns).writeValue(file.toFile(), skipped);
  }
}
