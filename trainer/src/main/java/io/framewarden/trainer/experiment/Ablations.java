package io.framewarden.trainer.experiment;

import io.framewarden.trainer.backbone.BackboneKind;
import io.framewarden.trainer.did.NetworkConfig;
import io.framewarden.trainer.training.TrainingConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The paper's ablations on any recipe: same backbone, same budget, one thing changed a row. */
public final class Ablations {
  /** Key of the whole method, which the other rows are compared with. */
  public static final String DID = "did";

  private Ablations() {}

  /**
   * The rows, the whole method first. All are without the mask loss, which the paper does not have,
   * but the last one; a recipe without mask loss has no such row.
   *
   * @param base the whole method's recipe
   * @throws IllegalArgumentException when the recipe itself leaves out a part of the method
   */
  public static List<Variant> of(TrainingConfig base) {
    NetworkConfig network = base.network();
    if (!network.attention() || !network.domainAttention() || !network.mutualInformation()) {
      throw new IllegalArgumentException(
          "the recipe leaves out a part of the method (attention, domain-attention or"
              + " mutual-information is false): ablations begin with the whole one");
    }
    BackboneKind backbone = network.backbone();
    List<Variant> rows = new ArrayList<>();
    List.of(
            Variant.did("DID (alpha 0.5)", backbone),
            Variant.ablation(
                "DID without A_dom",
                backbone,
                "did-without-adom",
                NetworkConfig::withoutDomainAttention),
            Variant.ablation(
                "DID without T",
                backbone,
                "did-without-t",
                NetworkConfig::withoutMutualInformation),
            Variant.plain("plain BCE", backbone),
            Variant.alpha("DID, alpha 0 (AUC loss only)", backbone, 0),
            Variant.alpha("DID, alpha 1 (BCE only)", backbone, 1))
        .forEach(row -> rows.add(row.with(loss -> loss.withLambdaMask(0))));
    double mask = base.loss().lambdaMask();
    if (mask > 0) {
      rows.add(
          Variant.ablation(
              "DID with mask loss (lambda-mask %s)".formatted(mask),
              backbone,
              "did-mask",
              UnaryOperator.identity()));
    }
    return List.copyOf(rows);
  }
}
