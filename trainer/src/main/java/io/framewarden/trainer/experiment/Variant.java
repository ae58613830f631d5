package io.framewarden.trainer.experiment;

import io.framewarden.trainer.backbone.BackboneKind;
import io.framewarden.trainer.did.DomainBranch;
import io.framewarden.trainer.did.LossConfig;
import io.framewarden.trainer.did.NetworkConfig;
import io.framewarden.trainer.training.TrainingConfig;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One model of a table: what is changed in the paper's recipe.
 *
 * @param row its name in the paper's table
 * @param reading which reading of the paper it is where there are several; else empty
 * @param backbone the paper's
 * @param key what tells it from other models on the same data and backbone; part of a folder's name
 * @param network the ablation of the network
 * @param loss what is changed in the loss
 */
public record Variant(
    String row,
    String reading,
    BackboneKind backbone,
    String key,
    UnaryOperator<NetworkConfig> network,
    UnaryOperator<LossConfig> loss) {
  private static final double PAPER_ALPHA = 0.5;
  private static final String WITHOUT_A_DOM = "DID without A_dom";

  /** The whole method. */
  static Variant did(String row, BackboneKind backbone) {
    return new Variant(row, "", backbone, "did", UnaryOperator.identity(), Variant::paper);
  }

  /** Backbone and classifier with cross-entropy. */
  static Variant plain(String row, BackboneKind backbone) {
    return new Variant(row, "", backbone, "bce", NetworkConfig::plain, loss -> loss.withAlpha(1));
  }

  /** The method with another alpha; 0.5 is the method itself. */
  static Variant alpha(String row, BackboneKind backbone, double alpha) {
    Object number = alpha == Math.rint(alpha) ? (int) alpha : (Object) alpha;
    String key = alpha == PAPER_ALPHA ? "did" : "did-alpha" + number;
    return new Variant(
        row, "", backbone, key, UnaryOperator.identity(), loss -> loss.withAlpha(alpha));
  }

  /** An ablation of the method. */
  static Variant ablation(
      String row, BackboneKind backbone, String key, UnaryOperator<NetworkConfig> network) {
    return new Variant(row, "", backbone, key, network, Variant::paper);
  }

  /** The two readings of the method without A_dom: C_bar on I_os, and no domain branch. */
  static List<Variant> withoutDomainAttention(BackboneKind backbone) {
    return List.of(
        ablation(
                WITHOUT_A_DOM,
                backbone,
                "did-without-adom",
                base -> base.with(DomainBranch.CLASSIFIER))
            .read("C_bar on I_os"),
        ablation(
                WITHOUT_A_DOM,
                backbone,
                "did-without-domains",
                base -> base.with(DomainBranch.NONE))
            .read("C_bar left out too"));
  }

  private Variant read(String how) {
    return new Variant(row, how, backbone, key, network, loss);
  }

  /** What tells it from the other rows of a table, for people. */
  public String title() {
    return reading.isEmpty() ? row : row + ", " + reading;
  }

  /** This model with something more changed in its loss. */
  Variant with(UnaryOperator<LossConfig> change) {
    return new Variant(
        row, reading, backbone, key, network, base -> change.apply(loss.apply(base)));
  }

  private static LossConfig paper(LossConfig base) {
    return base.withAlpha(PAPER_ALPHA);
  }

  /** This model's recipe, from one that has the wanted length, batch, seed and backbone. */
  public TrainingConfig on(TrainingConfig base) {
    return new TrainingConfig(
        network.apply(base.network()), loss.apply(base.loss()), base.optimizer(), base.schedule());
  }
}
