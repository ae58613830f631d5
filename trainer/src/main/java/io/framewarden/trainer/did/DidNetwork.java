package io.framewarden.trainer.did;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.BlockList;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import io.framewarden.trainer.backbone.Backbone;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The whole DID network: G, A_df, C, and for training A_dom, C_bar and T, each present as the
 * configuration says.
 *
 * <p>Owns its parameters' native memory until it is closed. Used by one thread at a time.
 */
public final class DidNetwork implements AutoCloseable {

  /** Where the paths of the group theta begin. */
  static final String BACKBONE = "backbone.";

  private static final String ENGINE = "PyTorch";

  /** DJL tells its makers, through a cloud's metadata address, that it was started. Not here. */
  private static final String NO_TRACKING = "OPT_OUT_TRACKING";

  private final NetworkConfig config;
  private final int domains;
  private final NDManager manager;
  private final ParameterStore store;
  private final Backbone backbone;
  private final Classifier classifier;
  private final Optional<AttentionNetwork> attention;
  private final Optional<AttentionNetwork> domainAttention;
  private final Optional<Classifier> domainClassifier;
  private final Optional<MutualInformation> estimator;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();

  private DidNetwork(NetworkConfig config, int domains, NDManager manager) {
    this.config = config;
    this.domains = domains;
    this.manager = manager;
    store = new ParameterStore(manager, false);
    backbone = new Backbone(config.backbone(), config.width(), config.highPass(), config.side());
    int channels = backbone.channels();
    int mapSide = mapSide();
    classifier = Classifier.ofForgery(channels, config.hidden());
    attention = when(config.attention(), () -> new AttentionNetwork(channels));
    domainAttention = when(config.domainAttention(), () -> new AttentionNetwork(channels));
    domainClassifier =
        when(
            config.domainAttention(),
            () -> Classifier.ofDomains(channels, config.hidden(), domains));
    estimator =
        when(
            config.mutualInformation(),
            () -> new MutualInformation(channels, mapSide * mapSide, config.hidden()));
  }

  private static <T> Optional<T> when(boolean present, Supplier<T> part) {
    return present ? Optional.of(part.get()) : Optional.empty();
  }

  /** A new network on the CPU; the rest is as for the other. */
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
    System.setProperty(NO_TRACKING, "true");
    DidNetwork network = new DidNetwork(config, domains, NDManager.newBaseManager(device, ENGINE));
    network.initialize(seed);
    return network;
  }

  private void initialize(long seed) {
    Shape faces = new Shape(1, 1, config.side(), config.side());
    Shape map = new Shape(1, backbone.channels(), mapSide(), mapSide());
    BlockList parts = new BlockList();
    add(parts, "backbone", backbone, faces);
    add(parts, "classifier", classifier, map);
    attention.ifPresent(part -> add(parts, "attention", part, map));
    domainAttention.ifPresent(part -> add(parts, "domainAttention", part, map));
    domainClassifier.ifPresent(part -> add(parts, "domainClassifier", part, map));
    Shape pair = new Shape(1, 2L * backbone.channels(), mapSide(), mapSide());
    estimator.ifPresent(part -> add(parts, "estimator", part, pair));
    parts.forEach(
        part ->
            part.getValue()
                .getParameters()
                .forEach(p -> parameters.put(part.getKey() + "." + p.getKey(), p.getValue())));
    WeightInitializer.fill(parameters, mapSide() * mapSide(), seed);
  }

  private void add(BlockList parts, String name, Block part, Shape input) {
    part.initialize(manager, DataType.FLOAT32, input);
    parts.add(name, part);
  }

  /**
   * The training pass, with batch statistics.
   *
   * @param faces gray values 0..255, (n, 1, side, side) float32; what is computed belongs to their
   *     manager
   * @param beta strength of the gradient reversal before T
   * @param partners for each face the face that its I_os is taken from in a marginal pair
   */
  public DidOutputs train(NDArray faces, double beta, int[] partners) {
    // Without a record there is no backward pass to keep anything for.
    Optional<CheckpointedFeatures> checkpoints =
        when(
            config.gradientCheckpointing() && GradientMode.isRecorded(),
            () -> CheckpointedFeatures.of(backbone, store, faces));
    NDArray features =
        checkpoints
            .map(CheckpointedFeatures::features)
            .orElseGet(() -> backbone.apply(store, faces, true));
    if (attention.isEmpty()) {
      return new DidOutputs(
          logits(features, true),
          Optional.empty(),
          features,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          checkpoints);
    }
    NDArray mask = attention.get().apply(store, features, true);
    NDArray forged = mask.mul(features);
    NDArray rest = features.sub(forged);
    Optional<NDArray> estimates = estimator.map(t -> estimates(t, forged, rest, beta, partners));
    long n = faces.getShape().get(0);
    return new DidOutputs(
        logits(forged, true),
        Optional.of(mask),
        forged,
        Optional.of(rest),
        domainClassifier.map(c -> domainLogits(c, rest)),
        estimates.map(e -> e.get(new NDIndex().addSliceDim(0, n))),
        estimates.map(e -> e.get(new NDIndex().addSliceDim(n, 2 * n))),
        checkpoints);
  }

  private NDArray logits(NDArray forged, boolean training) {
    return classifier.apply(store, forged, training).reshape(-1);
  }

  private NDArray domainLogits(Classifier domain, NDArray rest) {
    NDArray mask = domainAttention.orElseThrow().apply(store, rest, true);
    return domain.apply(store, mask.mul(rest), true);
  }

  /** T on the joint pairs and, after them, on the marginal pairs: (2n). */
  private NDArray estimates(
      MutualInformation t, NDArray forged, NDArray rest, double beta, int[] partners) {
    NDArray reversedForged = GradientReversal.apply(forged, beta);
    NDArray reversedRest = GradientReversal.apply(rest, beta);
    NDArray order = forged.getManager().create(partners);
    NDArray others = reversedRest.get(new NDIndex("{}", order));
    NDArray joint = NDArrays.concat(new NDList(reversedForged, reversedRest), 1);
    NDArray marginal = NDArrays.concat(new NDList(reversedForged, others), 1);
    return t.apply(store, NDArrays.concat(new NDList(joint, marginal), 0), true);
  }

  /**
   * The inference pass, with running statistics: G, A_df and C only.
   *
   * @param faces as for {@link #train}
   * @return the logits (n), and M_df averaged over channels (n, h, w), 1 everywhere in the plain
   *     baseline
   */
  public NDList infer(NDArray faces) {
    NDArray features = backbone.apply(store, faces, false);
    if (attention.isEmpty()) {
      Shape maps = new Shape(faces.getShape().get(0), mapSide(), mapSide());
      return new NDList(logits(features, false), faces.getManager().ones(maps));
    }
    NDArray mask = attention.get().apply(store, features, false);
    return new NDList(logits(mask.mul(features), false), mask.mean(new int[] {1}));
  }

  /**
   * The parts that a face is taken to, with running statistics.
   *
   * @param faces as for {@link #train}
   */
  DidFeatureMaps parts(NDArray faces) {
    NDArray features = backbone.apply(store, faces, false);
    Optional<NDArray> mask = attention.map(part -> part.apply(store, features, false));
    NDArray forged = mask.map(m -> m.mul(features)).orElse(features);
    Optional<NDArray> rest = mask.map(m -> features.sub(forged));
    Optional<NDArray> domainMask =
        domainAttention.map(part -> part.apply(store, rest.orElseThrow(), false));
    return new DidFeatureMaps(
        features, mask, forged, domainMask, domainMask.map(m -> m.mul(rest.orElseThrow())));
  }

  /** C on a map I_df, with running statistics: (n). */
  NDArray classified(NDArray forged) {
    return logits(forged, false);
  }

  /** C_bar on a map I_dom, with running statistics: (n, k + 1); needs the domain branch. */
  NDArray domainsOf(NDArray domainPart) {
    return domainClassifier.orElseThrow().apply(store, domainPart, false);
  }

  /** Side of the feature map, and of the attention map: 7 for faces of 224 pixels. */
  public int mapSide() {
    return config.side() / backbone.stride();
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

  /** A_df; absent in the plain baseline. */
  public Optional<AttentionNetwork> attention() {
    return attention;
  }

  /** C. */
  public Classifier classifier() {
    return classifier;
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
