package io.framewarden.trainer.did;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import io.framewarden.trainer.backbone.Backbone;
import io.framewarden.trainer.backbone.Layer;
import io.framewarden.trainer.backbone.Operations;
import io.framewarden.trainer.backbone.PyTorch;
import io.framewarden.trainer.backbone.TensorOperations;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The whole DID network: G, A_df, C, and for training A_dom, C_bar and T, each present as the
 * configuration says.
 *
 * <p>Owns its parameters' native memory until it is closed. Used by one thread at a time.
 */
public final class DidNetwork implements AutoCloseable {
  /** Where the paths of the group theta begin. */
  static final String BACKBONE = "backbone.";

  private final NetworkConfig config;
  private final int domains;
  private final NDManager manager;
  private final ParameterStore store;
  private final Backbone backbone;
  private final Classifier classifier;

  // A_df, A_dom, C_bar, the supervision at stride 16 and T: null where the configuration says so.
  private final AttentionNetwork attention;
  private final AttentionNetwork domainAttention;
  private final Classifier domainClassifier;
  private final MaskHead maskHead;
  private final MutualInformation estimator;

  private final Map<String, Parameter> parameters = new LinkedHashMap<>();

  /**
   * What inference computes of n faces.
   *
   * @param logits C(I_df), (n), the higher the more likely fake
   * @param attention M_df averaged over channels, (n, h, w) within 0..1; 1 everywhere in the plain
   *     baseline
   */
  public record Inference<V>(V logits, V attention) {}

  private DidNetwork(NetworkConfig config, int domains, NDManager manager) {
    this.config = config;
    this.domains = domains;
    this.manager = manager;
    store = new ParameterStore(manager, false);
    backbone =
        new Backbone(
            config.backbone(), config.width(), config.features(), config.highPass(), config.side());
    int channels = backbone.channels();
    int cells = mapSide() * mapSide();
    classifier = new Classifier(channels, config.hidden(), 1);
    attention = config.attention() ? new AttentionNetwork(channels) : null;
    DomainBranch branch = config.domainBranch();
    domainAttention = branch == DomainBranch.ATTENTION ? new AttentionNetwork(channels) : null;
    domainClassifier =
        branch == DomainBranch.NONE ? null : new Classifier(channels, config.hidden(), domains);
    maskHead = config.maskHead() ? new MaskHead(backbone.detailChannels()) : null;
    estimator =
        config.mutualInformation() ? new MutualInformation(channels, cells, config.hidden()) : null;
  }

  /** A new network on the CPU, as {@link #create(NetworkConfig, int, long, Device)} makes it. */
  public static DidNetwork create(NetworkConfig config, int domains, long seed) {
    return create(config, domains, seed, Device.cpu());
  }

  /**
   * A new network.
   *
   * @param config shape and ablations
   * @param domains k + 1: the real domain and each forgery method, at least 2
   * @param seed decides every weight
   * @param device where it lives and computes
   */
  public static DidNetwork create(NetworkConfig config, int domains, long seed, Device device) {
    if (domains < 2) {
      throw new IllegalArgumentException(
          "The real domain and at least one forgery method are needed, not " + domains);
    }
    DidNetwork network = new DidNetwork(config, domains, PyTorch.manager(device));
    network.initialize(seed);
    return network;
  }

  private void initialize(long seed) {
    add("backbone", backbone);
    add("classifier", classifier);
    add("attention", attention);
    add("domainAttention", domainAttention);
    add("domainClassifier", domainClassifier);
    add("estimator", estimator);
    add("maskHead", maskHead);
    WeightInitializer.fill(parameters, mapSide() * mapSide(), seed);
  }

  private void add(String name, Layer part) {
    if (part != null) {
      part.initialize(manager, DataType.FLOAT32, new Shape(1, 1, config.side(), config.side()));
      part.getParameters().forEach(p -> parameters.put(name + "." + p.getKey(), p.getValue()));
    }
  }

  /** The training pass without dropout. */
  public DidOutputs train(NDArray faces, double beta, int[] partners) {
    return train(faces, beta, partners, null);
  }

  /**
   * The training pass, with batch statistics.
   *
   * @param faces gray values 0..255, (n, 1, s, s) float32 of any side; what is computed belongs to
   *     their manager
   * @param beta strength of the gradient reversal before T
   * @param partners for each face the face that its I_os is taken from in a marginal pair; empty
   *     for no marginal pairs
   * @param dropout seed of what is hidden from C; null to hide nothing
   */
  public DidOutputs train(NDArray faces, double beta, int[] partners, Long dropout) {
    Operations<NDArray> operations = TensorOperations.of(store, true);
    // Without a record there is no backward pass to keep anything for.
    CheckpointedFeatures checkpoints =
        config.gradientCheckpointing() && GradientMode.isEnabled()
            ? CheckpointedFeatures.of(backbone, store, faces)
            : null;
    Backbone.Maps<NDArray> maps =
        checkpoints == null
            ? backbone.trained(store, faces, config.frozenStatistics(), config.bfloat16())
            : new Backbone.Maps<>(checkpoints.features(), null);
    NDArray features = maps.features();
    NDArray mask = attention == null ? null : attention.describe(operations, features);
    NDArray forged = mask == null ? features : operations.multiply(mask, features);
    NDArray rest = mask == null ? null : operations.subtract(features, forged);
    NDArray estimates =
        estimator == null ? null : estimator.estimates(store, forged, rest, beta, partners);
    NDArray seen = dropout == null ? forged : operations.multiply(forged, dropped(forged, dropout));
    DidOutputs outputs = new DidOutputs(logits(operations, seen), forged, checkpoints);
    if (maskHead != null) {
      outputs.setMaskLogits(maskHead.describe(operations, maps.detail()));
    }
    if (mask != null) {
      outputs.setDecomposition(mask, rest);
    }
    if (domainClassifier != null) {
      NDArray domain = domain(operations, rest).features();
      outputs.setDomainLogits(domainClassifier.describe(operations, domain));
    }
    if (estimates != null) {
      long n = faces.getShape().get(0);
      outputs.setEstimates(
          estimates.get(new NDIndex().addSliceDim(0, n)),
          partners.length == 0 ? null : estimates.get(new NDIndex().addSliceDim(n, 2 * n)));
    }
    return outputs;
  }

  private NDArray dropped(NDArray map, long seed) {
    int n = Math.toIntExact(map.getShape().get(0));
    return Dropout.factors(map.getManager(), n, backbone.channels(), config.dropout(), seed);
  }

  private <V> V logits(Operations<V> operations, V forged) {
    return operations.squeeze(classifier.describe(operations, forged));
  }

  /**
   * The inference pass, with running statistics: G, A_df and C only.
   *
   * @param faces as for {@link #train}
   */
  public Inference<NDArray> infer(NDArray faces) {
    Backbone.Maps<NDArray> maps = backbone.inferred(store, faces, config.maskInScore() > 0);
    return describeInference(TensorOperations.of(store, false), maps);
  }

  /**
   * What inference computes after the backbone: A_df, C and, where the score has a part of it, the
   * mask head.
   */
  public <V> Inference<V> describeInference(Operations<V> operations, Backbone.Maps<V> maps) {
    V features = maps.features();
    V mask = mask(operations, features);
    V forged = attention == null ? features : operations.multiply(mask, features);
    V logits = logits(operations, forged);
    if (config.maskInScore() > 0) {
      V cells = maskHead.score(operations, maps.detail(), backbone.detailSide());
      logits = operations.add(logits, operations.scale(cells, config.maskInScore()));
    }
    return new Inference<>(logits, operations.squeeze(operations.channelAverage(mask)));
  }

  private <V> V mask(Operations<V> operations, V features) {
    return attention == null ? operations.ones(features) : attention.describe(operations, features);
  }

  /**
   * The feature maps of faces on the way to the logits, with running statistics.
   *
   * @param faces as for {@link #train}
   */
  DidFeatureMaps featureMaps(NDArray faces) {
    Operations<NDArray> operations = TensorOperations.of(store, false);
    NDArray features = backbone.apply(store, faces, false);
    NDArray mask = mask(operations, features);
    NDArray forged = attention == null ? features : operations.multiply(mask, features);
    return new DidFeatureMaps(features, mask, forged);
  }

  /** What the domain branch makes of the same faces; empty without one. */
  Optional<DidFeatureMaps.Domain> domainMaps(DidFeatureMaps maps) {
    if (domainClassifier == null) {
      return Optional.empty();
    }
    Operations<NDArray> operations = TensorOperations.of(store, false);
    return Optional.of(domain(operations, operations.subtract(maps.features(), maps.forged())));
  }

  private DidFeatureMaps.Domain domain(Operations<NDArray> operations, NDArray rest) {
    NDArray mask =
        domainAttention == null
            ? operations.ones(rest)
            : domainAttention.describe(operations, rest);
    return new DidFeatureMaps.Domain(mask, operations.multiply(mask, rest));
  }

  /** C on a map I_df, with running statistics: (n). */
  NDArray classify(NDArray forged) {
    return logits(TensorOperations.of(store, false), forged);
  }

  /** C_bar on a map I_dom, with running statistics: (n, k + 1); needs the domain branch. */
  NDArray classifyDomain(NDArray domain) {
    return domainClassifier.apply(store, domain, false);
  }

  /** Side of the feature map, and of the attention map: 7 for faces of 224 pixels. */
  public int mapSide() {
    return config.side() / backbone.stride();
  }

  /** Side of the map that forgery masks are compared with. */
  public int maskSide() {
    return maskHead == null ? mapSide() : backbone.detailSide();
  }

  /** Shape and ablations. */
  public NetworkConfig config() {
    return config;
  }

  /** k + 1, the real domain among them. */
  public int domains() {
    return domains;
  }

  /**
   * Every parameter and running statistic by its path, in a fixed order. A path begins with its
   * part's name: {@code backbone.} is the group theta.
   */
  public Map<String, Parameter> parameters() {
    return Collections.unmodifiableMap(parameters);
  }

  /** G. */
  public Backbone backbone() {
    return backbone;
  }

  /**
   * The manager that the parameters belong to; callers make children of it for their own arrays.
   */
  public NDManager manager() {
    return manager;
  }

  /** Frees the parameters. */
  @Override
  public void close() {
    manager.close();
  }
}
