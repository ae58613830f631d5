package io.framewarden.trainer.experiment;

import io.framewarden.trainer.backbone.BackboneKind;
import io.framewarden.trainer.did.DomainBranch;
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
    if (!network.attention()
        || network.domainBranch() != DomainBranch.ATTENTION
        || !network.mutualInformation()) {
      throw new IllegalArgumentException(
          "the recipe leaves out a part of the method (attention or mutual-information is false, or"
              + " domain-branch is not attention): ablations begin with the whole one");
    }
    BackboneKind backbone = network.backbone();
    List<Variant> rows = new ArrayList<>(List.of(Variant.did("DID (alpha 0.5)", backbone)));
    rows.addAll(Variant.withoutDomainAttention(backbone));
    rows.add(
        Variant.ablation(
            "DID without T", backbone, "did-without-t", NetworkConfig::withoutMutualInformation));
    rows.add(Variant.plain("plain BCE", backbone));
    rows.add(Variant.alpha("DID, alpha 0 (AUC loss only)", backbone, 0));
    rows.add(Variant.alpha("DID, alpha 1 (BCE only)", backbone, 1));
    rows.replaceAll(row -> row.with(loss -> loss.withLambdaMask(0)));
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
