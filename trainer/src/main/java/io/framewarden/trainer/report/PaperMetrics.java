package io.framewarden.trainer.report;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The metrics that the paper (CrossDF: deep information decomposition) prints for its own method
 * and ablations, frame level, as tables of rows and columns. Other methods' rows are left out.
 */
public final class PaperMetrics {
  private static final OptionalDouble NOT_PRINTED = OptionalDouble.empty();

  /**
   * One of its tables.
   *
   * @param title what the paper calls it
   * @param protocol what is trained on and what is tested on
   */
  public record Table(String title, String protocol, List<String> columns, List<Row> rows) {}

  /**
   * One model of a table.
   *
   * @param values one for each column; absent where the paper prints none
   */
  public record Row(String model, List<OptionalDouble> values) {}

  /** Table 1, its own row. */
  public static final Table TABLE_1 =
      new Table(
          "Table 1",
          "trained on FaceForensics++ (c23), tested on FaceForensics++ and on Celeb-DF v2",
          List.of("FF++ AUC", "Celeb-DF v2 AUC"),
          List.of(row("DID", 0.970, 0.779)));

  /** Table 2, its own row. */
  public static final Table TABLE_2 =
      new Table(
          "Table 2",
          "trained on FaceForensics++ (c23), tested on the subsets of DiFF",
          List.of("T2I AUC", "I2I AUC", "FS AUC", "FE AUC"),
          List.of(row("DID", 0.802, 0.741, 0.817, 0.676)));

  /** Table 3. */
  public static final Table TABLE_3 =
      new Table(
          "Table 3",
          "trained on DFFD, tested on Celeb-DF v2",
          List.of("Celeb-DF v2 AUC", "Celeb-DF v2 EER"),
          List.of(
              row("ResNet-50 + BCE", 0.620, 0.411),
              row("ResNet-50 + DID", 0.727, 0.332),
              row("EfficientNetV2-L + BCE", 0.716, 0.344),
              row("EfficientNetV2-L + DID", 0.763, 0.302)));

  /** Table 4. */
  public static final Table TABLE_4 =
      new Table(
          "Table 4",
          "trained on FaceForensics++ (c23), tested on Celeb-DF v2",
          List.of("Celeb-DF v2 AUC", "Celeb-DF v2 EER"),
          List.of(
              row("DID without A_dom", 0.763, 0.302),
              row("DID without T", 0.759, 0.305),
              row("DID", 0.779, 0.286)));

  /** Figure 4; its text gives three of the five values. */
  public static final Table FIGURE_4 =
      new Table(
          "Figure 4",
          "trained on FaceForensics++ (c23) with alpha between the AUC loss (0) and cross-entropy"
              + " (1), tested on Celeb-DF v2",
          List.of("Celeb-DF v2 AUC"),
          List.of(
              row("alpha 0", 0.380),
              new Row("alpha 0.25", List.of(NOT_PRINTED)),
              row("alpha 0.5", 0.779),
              new Row("alpha 0.75", List.of(NOT_PRINTED)),
              row("alpha 1", 0.763)));

  /** Figure 7, which has no metrics: its two models, and what table 1 prints of the second. */
  public static final Table FIGURE_7 =
      new Table(
          "Figure 7",
          "t-SNE of features on FaceForensics++ (c23), by models trained on it",
          List.of("FF++ AUC"),
          List.of(
              new Row("EfficientNetV2-L + BCE", List.of(NOT_PRINTED)),
              new Row("DID", List.of(TABLE_1.rows().get(0).values().get(0)))));

  /** Figure 5: mean accuracy of the domain classifier over the forgery methods. */
  public static final double DOMAIN_ACCURACY = 0.91;

  /** Figure 5: the method recognised best, FaceSwap. */
  public static final double BEST_DOMAIN_ACCURACY = 0.99;

  private PaperMetrics() {}

  /** All that have metrics, in the paper's order. */
  public static List<Table> all() {
    return List.of(TABLE_1, TABLE_2, TABLE_3, TABLE_4, FIGURE_4);
  }

  private static Row row(String model, double... values) {
    return new Row(model, Arrays.stream(values).mapToObj(OptionalDouble::of).toList());
  }
}
