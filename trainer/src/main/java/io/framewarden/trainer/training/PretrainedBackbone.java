package io.framewarden.trainer.training;

import ai.djl.nn.Parameter;
import io.framewarden.trainer.backbone.Backbone;
import io.framewarden.trainer.backbone.ConvUnit;
import io.framewarden.trainer.backbone.ConvUnit.PublishedNames;
import io.framewarden.trainer.backbone.ConvUnit.Stem;
import io.framewarden.trainer.did.TensorValues;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Gives a backbone published weights, from a safetensors file or a PyTorch state dict, in the
 * naming of torchvision, timm or the EfficientNet-Lites' own, whichever matches more of the file's
 * names. The stem's weights on three colours are summed to one channel, which is what the published
 * network does with a gray image. The EfficientNet-Lites' normalisation is ours, so that the
 * features are the published ones; that of the others differs by a scale and a shift, which the
 * stem's batch statistics take up in training. The published head is left out, and what is ours
 * alone keeps its first weights.
 */
final class PretrainedBackbone {

  private static final int COLORS = 3;
  private static final int LISTED = 10;

  /** A counter of batches, which is not needed and not a float tensor. */
  private static final String UNUSED = ".num_batches_tracked";

  private final Map<String, List<Target>> targets = new LinkedHashMap<>();

  /**
   * @param first whether it takes the first rows of what was published, however many there are
   */
  private record Target(Parameter parameter, Stem stem, boolean first) {
    long[] publishedShape() {
      return shape(parameter.getShape().get(0));
    }

    private long[] shape(long rows) {
      long[] shape = parameter.getShape().getShape().clone();
      shape[0] = rows;
      if (stem != Stem.NONE) {
        shape[1] = COLORS;
      }
      return shape;
    }

    boolean takes(long[] published) {
      long rows = parameter.getShape().get(0);
      boolean more = first && published.length > 0 && published[0] > rows;
      return Arrays.equals(published, shape(more ? published[0] : rows));
    }
  }

  private PretrainedBackbone() {}

  /**
   * Loads the weights into a backbone that has been initialised.
   *
   * @throws IOException if the file cannot be read or is of neither kind
   * @throws IllegalArgumentException listing all names that are missing or too many and all wrong
   *     shapes; the backbone is unchanged
   */
  static void load(Path file, Backbone backbone) throws IOException {
    Predicate<String> wanted =
        name ->
            !name.endsWith(UNUSED) && backbone.publishedHead().stream().noneMatch(name::startsWith);
    TensorFile content = read(file, wanted);
    Set<String> names = content.tensors().keySet();
    PretrainedBackbone best = null;
    for (int naming = 0; naming < namings(backbone); naming++) {
      PretrainedBackbone candidate = in(naming, backbone);
      if (best == null || candidate.countMatches(names) > best.countMatches(names)) {
        best = candidate;
      }
    }
    best.check(file, backbone, content);
    best.copy(content);
  }

  private static TensorFile read(Path file, Predicate<String> wanted) throws IOException {
    if (StateDict.isOne(file)) {
      return StateDict.read(file, wanted);
    }
    if (file.toString().matches(".*\\.pth?")) {
      throw new IOException(
          file
              + " is neither a state dict as torch.save writes it nor a safetensors file; save it"
              + " again with PyTorch 0.4 or later");
    }
    return TensorFile.read(file, wanted);
  }

  /**
   * The shapes that a naming's tensors have in published files, by name.
   *
   * @param naming from 0, as the backbone's units number them
   */
  static Map<String, long[]> published(int naming, Backbone backbone) {
    Map<String, long[]> shapes = new TreeMap<>();
    in(naming, backbone)
        .targets
        .forEach((name, sameName) -> shapes.put(name, sameName.get(0).publishedShape()));
    return shapes;
  }

  private static int namings(Backbone backbone) {
    return backbone.units().stream().mapToInt(unit -> unit.published().size()).max().orElseThrow();
  }

  private static PretrainedBackbone in(int naming, Backbone backbone) {
    PretrainedBackbone names = new PretrainedBackbone();
    List<ConvUnit> units = backbone.units();
    ConvUnit last = units.get(units.size() - 1);
    for (ConvUnit unit : units) {
      if (!unit.published().isEmpty()) {
        boolean first = backbone.isNarrowed() && unit == last;
        names.add(unit, unit.published().get(naming), first);
      }
    }
    return names;
  }

  private void add(ConvUnit unit, PublishedNames published, boolean first) {
    add(published.convolution() + ".weight", new Target(unit.weight(), unit.stem(), first));
    unit.bias().ifPresent(bias -> add(published.convolution() + ".bias", plain(bias, first)));
    unit.norm()
        .ifPresent(
            norm -> {
              add(published.norm() + ".weight", plain(norm.gamma(), first));
              add(published.norm() + ".bias", plain(norm.beta(), first));
              add(published.norm() + ".running_mean", plain(norm.mean(), first));
              add(published.norm() + ".running_var", plain(norm.variance(), first));
            });
  }

  private static Target plain(Parameter parameter, boolean first) {
    return new Target(parameter, Stem.NONE, first);
  }

  /** Two streams may take the same weights. */
  private void add(String name, Target target) {
    targets.computeIfAbsent(name, unused -> new ArrayList<>()).add(target);
  }

  private long countMatches(Set<String> names) {
    return names.stream().filter(targets::containsKey).count();
  }

  private void check(Path file, Backbone backbone, TensorFile content) {
    Set<String> missing = new LinkedHashSet<>(targets.keySet());
    missing.removeAll(content.tensors().keySet());
    Set<String> unknown = new LinkedHashSet<>(content.tensors().keySet());
    unknown.removeAll(targets.keySet());
    List<String> shapes = new ArrayList<>();
    targets.forEach(
        (name, sameName) -> {
          TensorFile.Tensor tensor = content.tensors().get(name);
          Target target = sameName.get(0);
          if (tensor != null && !target.takes(tensor.shape())) {
            shapes.add(
                "%s %s, not %s"
                    .formatted(
                        name,
                        Arrays.toString(tensor.shape()),
                        Arrays.toString(target.publishedShape())));
          }
        });
    List<String> problems = new ArrayList<>();
    report("missing", missing, problems);
    report("unknown", unknown, problems);
    report("wrong shapes", shapes, problems);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: not the weights of %s as their publishers name them: %s"
              .formatted(file, backbone.kind(), String.join("; ", problems)));
    }
  }

  private static void report(String what, Collection<String> names, List<String> problems) {
    if (!names.isEmpty()) {
      String some = names.stream().limit(LISTED).collect(Collectors.joining(", "));
      String more = names.size() > LISTED ? " and %d more".formatted(names.size() - LISTED) : "";
      problems.add(what + " " + some + more);
    }
  }

  private void copy(TensorFile content) {
    targets.forEach(
        (name, sameName) -> {
          float[] values = content.tensors().get(name).values();
          for (Target target : sameName) {
            float[] ours =
                target.stem() == Stem.NONE
                    ? Arrays.copyOf(values, Math.toIntExact(target.parameter().getShape().size()))
                    : toChannels(values, target.parameter(), target.stem());
            TensorValues.replace(target.parameter().getArray(), ours);
          }
        });
  }

  /** Weights (outputs, 3, k, k) on our input channels. */
  private static float[] toChannels(float[] colours, Parameter parameter, Stem rule) {
    int outputs = (int) parameter.getShape().get(0);
    int channels = (int) parameter.getShape().get(1);
    int kernel = (int) (parameter.getShape().get(2) * parameter.getShape().get(3));
    float[] ours = new float[outputs * channels * kernel];
    for (int output = 0; output < outputs; output++) {
      for (int pixel = 0; pixel < kernel; pixel++) {
        float sum = 0;
        for (int colour = 0; colour < COLORS; colour++) {
          sum += colours[(output * COLORS + colour) * kernel + pixel];
        }
        for (int channel = 0; channel < channels; channel++) {
          ours[(output * channels + channel) * kernel + pixel] =
              switch (rule) {
                case NONE -> throw new IllegalArgumentException("not a stem: " + parameter);
                case GRAY -> channel == 0 ? sum : 0;
                case SHARED -> sum / channels;
              };
        }
      }
    }
    return ours;
  }
}
