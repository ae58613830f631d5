package io.framewarden.trainer.report;

import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.framewarden.schemas.text.SpreadsheetText;
import io.framewarden.trainer.evaluation.ScoredFace;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The score of every face that was evaluated, for questions of one's own. Stateless. */
public final class ScoresCsv {
  private static final CsvSchema SCHEMA =
      CsvSchema.builder()
          .addColumn("video")
          .addColumn("identity")
          .addColumn("domain")
          .addColumn("fake")
          .addColumn("logit")
          .addColumn("probability")
          .addColumn("blur")
          .build()
          .withHeader();

  private ScoresCsv() {}

  /**
   * Writes a row for each face, in the order of the archives; {@code blur} is the blur baseline's
   * score of the face. Texts of data sets that a spreadsheet would take for formulas get an
   * apostrophe.
   */
  public static void write(EvaluationReport report, Path file) throws IOException {
    try (BufferedWriter text = Files.newBufferedWriter(file);
        SequenceWriter rows = new CsvMapper().writer(SCHEMA).writeValues(text)) {
      for (ScoredFace face : report.scored()) {
        rows.write(
            List.of(
                SpreadsheetText.cell(face.video()),
                SpreadsheetText.cell(face.identity()),
                SpreadsheetText.cell(face.domain()),
                String.valueOf(face.fake()),
                String.valueOf(face.logit()),
                String.valueOf(report.model().calibration().probability(face.logit())),
                String.valueOf(face.blur())));
      }
    }
  }
}
