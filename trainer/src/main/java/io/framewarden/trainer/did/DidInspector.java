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
   * @param faces any number of gray8 faces of the network's side
   * @throws IllegalArgumentException naming a face of another size
   */
  public List<FaceExplanation> inspect(byte[][] faces) {
    List<FaceExplanation> insights = new ArrayList<>();
    try {
      for (int from = 0; from < faces.length; from += CHUNK) {
        inspectChunk(faces, from, Math.min(faces.length, from + CHUNK), insights);
      }
    } finally {
      forgetGradients();
    }
    return insights;
  }

  private void inspectChunk(byte[][] faces, int from, int to, List<FaceExplanation> insights) {
    try (NDManager chunk = network.manager().newSubManager()) {
      DidFeatureMaps parts;
      try (GradientMode off = GradientMode.off()) {
        NDArray x = FaceTensors.of(chunk, faces, from, to, network.config().side());
        parts = network.parts(x);
      }
      int n = to - from;
      int side = network.mapSide();
      float[][] logits = new float[n][];
      float[][] cams = cams(parts.forged(), network::classified, logits, n);
      float[][] backbone = rows(averages(parts.features()), n);
      float[][] forged = rows(averages(parts.forged()), n);
      float[][] attention = maps(parts.mask(), n);
      Optional<FaceExplanation.Domain[]> domains =
          parts.domain().map(part -> domains(parts, part, n));
      for (int i = 0; i < n; i++) {
        int at = i;
        insights.add(
            new FaceExplanation(
                logits[i][0],
                backbone[i],
                forged[i],
                attention[i],
                cams[i],
                domains.map(all -> all[at]),
                side));
      }
    }
  }

  private FaceExplanation.Domain[] domains(DidFeatureMaps parts, NDArray part, int n) {
    float[][] logits = new float[n][];
    float[][] cams = cams(part, network::domainsOf, logits, n);
    float[][] features = rows(averages(part), n);
    float[][] attention = maps(parts.domainMask(), n);
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
  private static float[][] cams(
      NDArray map, Function<NDArray, NDArray> head, float[][] logits, int n) {
    try (GradientMode recorded = GradientMode.recorded()) {
      NDArray leaf = map.duplicate();
      leaf.setRequiresGradient(true);
      NDArray scores = head.apply(leaf).reshape(n, -1);
      System.arraycopy(rows(scores.toFloatArray(), n), 0, logits, 0, n);
      // Faces do not meet in a head, so the gradient of the sum is each face's own.
      GradientMode.backward(scores.max(new int[] {1}).sum());
      try (NDArray gradient = leaf.getGradient();
          NDManager scope = map.getManager().newSubManager();
          GradientMode off = GradientMode.off()) {
        NDArray own = gradient.duplicate();
        own.attach(scope);
        NDArray weights = own.mean(new int[] {2}, true).mean(new int[] {3}, true);
        NDArray cam = weights.mul(map).sum(new int[] {1}).maximum(0);
        return scaled(rows(cam.toFloatArray(), n));
      }
    }
  }

  /** Each map divided by its maximum; a map of zeros stays one. */
  private static float[][] scaled(float[][] maps) {
    for (float[] map : maps) {
      float most = 0;
      for (float value : map) {
        most = Math.max(most, value);
      }
      for (int i = 0; most > 0 && i < map.length; i++) {
        map[i] /= most;
      }
    }
    return maps;
  }

  private static float[] averages(NDArray map) {
    try (GradientMode off = GradientMode.off()) {
      return map.mean(new int[] {2}).mean(new int[] {2}).toFloatArray();
    }
  }

  /** Each face's mask averaged over channels; ones where there is no mask. */
  private float[][] maps(Optional<NDArray> mask, int n) {
    if (mask.isPresent()) {
      try (GradientMode off = GradientMode.off()) {
        return rows(mask.get().mean(new int[] {1}).toFloatArray(), n);
      }
    }
    float[][] ones = new float[n][network.mapSide() * network.mapSide()];
    for (float[] map : ones) {
      Arrays.fill(map, 1);
    }
    return ones;
  }

  private static float[][] rows(float[] values, int n) {
    int width = values.length / n;
    float[][] rows = new float[n][];
    for (int i = 0; i < n; i++) {
      rows[i] = Arrays.copyOfRange(values, i * width, (i + 1) * width);
    }
    return rows;
  }

  /** The heads' parameters took part in the backward pass; what they gathered is nobody's. */
  private void forgetGradients() {
    for (Parameter parameter : network.parameters().values()) {
      if (parameter.getArray().hasGradient()) {
        JniUtils.zeroGrad((PtNDArray) parameter.getArray());
      }
    }
  }
}
