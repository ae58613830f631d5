package io.framewarden.trainer.did;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Looks into a trained network: features, attention maps and Grad-CAM, {@code ReLU(sum_k mean_uv(d
 * y / d H_uv^k) H^k)} for a feature map H and a logit y. Running statistics, as for an inference.
 * Sets the parameters' gradients to zero when it is done. Used by the network's one thread; the
 * network stays the caller's.
 */
public final class DidInspector {
  private static final int CHUNK = 16;

  private final DidNetwork network;

  /** An inspector of a network. */
  public DidInspector(DidNetwork network) {
    this.network = network;
  }

  /**
   * What the network makes of each face.
   *
   * @param faces any number of square gray8 faces of one side
   * @throws IllegalArgumentException naming a face of another size
   */
  public List<FaceExplanation> inspect(byte[][] faces) {
    List<FaceExplanation> explanations = new ArrayList<>();
    try {
      for (int from = 0; from < faces.length; from += CHUNK) {
        inspectChunk(faces, from, Math.min(faces.length, from + CHUNK), explanations);
      }
    } finally {
      clearGradients();
    }
    return explanations;
  }

  private void inspectChunk(byte[][] faces, int from, int to, List<FaceExplanation> explanations) {
    try (NDManager chunk = network.manager().newSubManager()) {
      DidFeatureMaps maps;
      Optional<DidFeatureMaps.Domain> domainMaps;
      try (GradientMode disabled = GradientMode.disable()) {
        NDArray x = FaceTensors.of(chunk, faces, from, to);
        maps = network.featureMaps(x);
        domainMaps = network.domainMaps(maps);
      }
      int n = to - from;
      float[][] logits = new float[n][];
      float[][] cams = gradCams(maps.forged(), network::classify, logits, n);
      float[][] backbone = rows(averages(maps.features()), n);
      float[][] forged = rows(averages(maps.forged()), n);
      float[][] attention = averageOverChannels(maps.mask(), n);
      Optional<FaceExplanation.Domain[]> domains = domainMaps.map(part -> domains(part, n));
      for (int i = 0; i < n; i++) {
        FaceExplanation explanation =
            new FaceExplanation(logits[i][0], backbone[i], forged[i], attention[i], cams[i]);
        explanations.add(
            domains.isPresent() ? explanation.withDomain(domains.get()[i]) : explanation);
      }
    }
  }

  private FaceExplanation.Domain[] domains(DidFeatureMaps.Domain maps, int n) {
    float[][] logits = new float[n][];
    float[][] cams = gradCams(maps.features(), network::classifyDomain, logits, n);
    float[][] features = rows(averages(maps.features()), n);
    float[][] attention = averageOverChannels(maps.mask(), n);
    FaceExplanation.Domain[] domains = new FaceExplanation.Domain[n];
    for (int i = 0; i < n; i++) {
      domains[i] = new FaceExplanation.Domain(features[i], logits[i], attention[i], cams[i]);
    }
    return domains;
  }

  /**
   * Grad-CAM of each face's highest logit on a feature map.
   *
   * @param logits filled with each face's logits
   */
  private static float[][] gradCams(
      NDArray map, Function<NDArray, NDArray> head, float[][] logits, int n) {
    try (GradientMode enabled = GradientMode.enable()) {
      NDArray leaf = map.duplicate();
      leaf.setRequiresGradient(true);
      NDArray scores = head.apply(leaf).reshape(n, -1);
      System.arraycopy(rows(scores.toFloatArray(), n), 0, logits, 0, n);
      // Faces do not meet in a head, so the gradient of the sum is each face's own.
      GradientMode.backward(scores.max(new int[] {1}).sum());
      try (NDArray gradient = leaf.getGradient();
          NDManager scope = map.getManager().newSubManager();
          GradientMode disabled = GradientMode.disable()) {
        NDArray own = gradient.duplicate();
        own.attach(scope);
        NDArray weights = own.mean(new int[] {2}, true).mean(new int[] {3}, true);
        NDArray cam = weights.mul(map).sum(new int[] {1}).maximum(0);
        return scaleToMaximum(rows(cam.toFloatArray(), n));
      }
    }
  }

  /** Each map divided by its maximum; a map of zeros stays one. */
  private static float[][] scaleToMaximum(float[][] maps) {
    for (float[] map : maps) {
      float highest = 0;
      for (float value : map) {
        highest = Math.max(highest, value);
      }
      for (int i = 0; highest > 0 && i < map.length; i++) {
        map[i] /= highest;
      }
    }
    return maps;
  }

  private static float[] averages(NDArray map) {
    try (GradientMode disabled = GradientMode.disable()) {
      return map.mean(new int[] {2}).mean(new int[] {2}).toFloatArray();
    }
  }

  private static float[][] averageOverChannels(NDArray mask, int n) {
    try (GradientMode disabled = GradientMode.disable()) {
      return rows(mask.mean(new int[] {1}).toFloatArray(), n);
    }
  }

  private static float[][] rows(float[] values, int n) {
    int width = values.length / n;
    float[][] rows = new float[n][];
    for (int i = 0; i < n; i++) {
      rows[i] = Arrays.copyOfRange(values, i * width, (i + 1) * width);
    }
    return rows;
  }

  /** The heads' parameters took part in the backward passes and gathered gradients of them. */
  private void clearGradients() {
    for (Parameter parameter : network.parameters().values()) {
      if (parameter.getArray().hasGradient()) {
        JniUtils.zeroGrad((PtNDArray) parameter.getArray());
      }
    }
  }
}
