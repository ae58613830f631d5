package io.framewarden.trainer.experiment;

import static io.framewarden.trainer.backbone.BackboneKind.EFFICIENT_NET_V2_L;
import static io.framewarden.trainer.backbone.BackboneKind.RESNET_50;

import io.framewarden.trainer.did.NetworkConfig;
import io.framewarden.trainer.evaluation.Metric;
import io.framewarden.trainer.report.PaperMetrics;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** The paper's tables and figures as protocols: what is trained, and tested on what. */
public enum Experiment {
  /** DID within FaceForensics++ and from it to Celeb-DF v2. */
  TABLE_1(
      PaperMetrics.TABLE_1,
      Experiment.FFPP,
      List.of(auc(Experiment.FFPP), auc(Experiment.CELEB_DF)),
      List.of(Variant.did("DID", EFFICIENT_NET_V2_L))),
  /** The same model on the four conditions of DiFF. */
  TABLE_2(
      PaperMetrics.TABLE_2,
      Experiment.FFPP,
      List.of(domain("T2I"), domain("I2I"), domain("FS"), domain("FE")),
      List.of(Variant.did("DID", EFFICIENT_NET_V2_L))),
  /** Two backbones with cross-entropy alone and with DID, from DFFD to Celeb-DF v2. */
  TABLE_3(
      PaperMetrics.TABLE_3,
      "dffd",
      List.of(auc(Experiment.CELEB_DF), eer(Experiment.CELEB_DF)),
      List.of(
          Variant.plain("ResNet-50 + BCE", RESNET_50),
          Variant.did("ResNet-50 + DID", RESNET_50),
          Variant.plain("EfficientNetV2-L + BCE", EFFICIENT_NET_V2_L),
          Variant.did("EfficientNetV2-L + DID", EFFICIENT_NET_V2_L))),
  /** DID without its parts, from FaceForensics++ to Celeb-DF v2. */
  TABLE_4(
      PaperMetrics.TABLE_4,
      Experiment.FFPP,
      List.of(auc(Experiment.CELEB_DF), eer(Experiment.CELEB_DF)),
      Stream.concat(
              Variant.withoutDomainAttention(EFFICIENT_NET_V2_L).stream(),
              Stream.of(
                  Variant.ablation(
                      "DID without T",
                      EFFICIENT_NET_V2_L,
                      "did-without-t",
                      NetworkConfig::withoutMutualInformation),
                  Variant.did("DID", EFFICIENT_NET_V2_L)))
          .toList()),
  /** DID with five values of alpha, from FaceForensics++ to Celeb-DF v2. */
  FIGURE_4(
      PaperMetrics.FIGURE_4,
      Experiment.FFPP,
      List.of(auc(Experiment.CELEB_DF)),
      DoubleStream.of(0, 0.25, 0.5, 0.75, 1)
          .mapToObj(
              alpha ->
                  Variant.alpha(
                      "alpha " + (alpha == Math.rint(alpha) ? (int) alpha : (Object) alpha),
                      EFFICIENT_NET_V2_L,
                      alpha))
          .toList()),
  /** The features of a backbone with cross-entropy alone and of DID, on FaceForensics++. */
  FIGURE_7(
      PaperMetrics.FIGURE_7,
      Experiment.FFPP,
      List.of(auc(Experiment.FFPP)),
      List.of(
          Variant.plain("EfficientNetV2-L + BCE", EFFICIENT_NET_V2_L),
          Variant.did("DID", EFFICIENT_NET_V2_L)));

  private static final String FFPP = "ffpp";
  private static final String CELEB_DF = "celebdf";

  /** What the downloads of FaceForensics++ hold besides the four methods of the paper. */
  private static final Set<String> NOT_THE_PAPERS = Set.of("FaceShifter", "DeepFakeDetection");

  /**
   * A column of a table.
   *
   * @param data name of the data set that is tested on
   * @param domain the only forgery domain that counts, empty for all
   */
  public record Column(String data, String domain, Metric metric) {}

  private final PaperMetrics.Table paper;
  private final String trainsOn;
  private final List<Column> columns;
  private final List<Variant> variants;

  Experiment(
      PaperMetrics.Table paper, String trainsOn, List<Column> columns, List<Variant> variants) {
    this.paper = paper;
    this.trainsOn = trainsOn;
    this.columns = columns;
    this.variants = variants;
  }

  /** The paper's own metrics, with as many columns as ours. */
  public PaperMetrics.Table paper() {
    return paper;
  }

  /** The paper's row that a model is compared with; two readings of the paper have the same. */
  public PaperMetrics.Row paper(Variant variant) {
    return paper.rows().stream()
        .filter(row -> row.model().equals(variant.row()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    variant.row() + " is not in the paper's " + paper.title()));
  }

  /** Name of the data set that every model is trained on. */
  public String trainsOn() {
    return trainsOn;
  }

  /** What every model is tested on. */
  public List<Column> columns() {
    return columns;
  }

  /** The models, in the order of the paper's rows. */
  public List<Variant> variants() {
    return variants;
  }

  /** Names of all data sets that are needed, the one trained on first. */
  public Set<String> data() {
    Set<String> names = new LinkedHashSet<>(List.of(trainsOn));
    columns.forEach(column -> names.add(column.data()));
    return names;
  }

  /** Whether fakes of a domain are among those that the paper has of a data set. */
  static boolean isThePapers(String data, String domain) {
    return !data.equals(FFPP) || !NOT_THE_PAPERS.contains(domain);
  }

  private static Column auc(String data) {
    return new Column(data, "", Metric.AUC);
  }

  private static Column eer(String data) {
    return new Column(data, "", Metric.EER);
  }

  private static Column domain(String domain) {
    return new Column("diff", domain, Metric.AUC);
  }
}
