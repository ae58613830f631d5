package io.framewarden.trainer.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.trainer.backbone.BackboneKind;
import io.framewarden.trainer.did.DidNetwork;
import io.framewarden.trainer.did.NetworkConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are written here, under names as the publishers' own code gives them. */
@Tag("slow")
class PretrainedBackboneTest {

  @TempDir Path folder;

  private final Map<String, TensorFile.Tensor> tensors = new LinkedHashMap<>();

  @Test
  void everyTensorOfAResNetFindsItsPlaceAndColoursAreSummed() throws IOException {
    resNet18();
    try (DidNetwork network = network(BackboneKind.RESNET_18, false)) {
      PretrainedBackbone.load(write(), network.backbone());
      assertArrayEquals(
          values("layer3.0.downsample.0.weight"), ours(network, "07block_03shortcut_weight"));
      assertArrayEquals(
          values("layer4.1.bn2.running_var"), ours(network, "10block_02second_runningVar"));
      assertArrayEquals(values("bn1.bias"), ours(network, "02stem_beta"));
      float[] colours = values("conv1.weight");
      float[] gray = ours(network, "02stem_weight");
      assertEquals(colours[0] + colours[49] + colours[98], gray[0], 1e-6f);
      assertEquals(colours[147 + 5] + colours[147 + 54] + colours[147 + 103], gray[49 + 5], 1e-6f);
    }
  }

  @Test
  void theHighPassChannelBeginsWithNothing() throws IOException {
    resNet18();
    try (DidNetwork network = network(BackboneKind.RESNET_18, true)) {
      PretrainedBackbone.load(write(), network.backbone());
      float[] stem = ours(network, "02stem_weight");
      assertArrayEquals(new float[49], Arrays.copyOfRange(stem, 49, 98));
      float[] colours = values("conv1.weight");
      assertEquals(colours[147] + colours[196] + colours[245], stem[98], 1e-6f);
    }
  }

  @Test
  void fewerFeaturesAreTheFirstOfThePublishedOnes() throws IOException {
    NetworkConfig narrow =
        TinyRuns.NETWORK.plain().toBuilder()
            .width(1)
            .highPass(false)
            .backbone(BackboneKind.EFFICIENT_NET_LITE_0)
            .features(6)
            .build();
    try (DidNetwork network = DidNetwork.create(narrow, 2, 1)) {
      PretrainedBackbone.published(0, network.backbone()).forEach(this::put);
      put("_conv_head.weight", 9, 320, 1, 1);
      convolution("unused", "_bn1", 9, 1, 1);
      tensors.keySet().removeIf(name -> name.startsWith("unused"));
      PretrainedBackbone.load(write(), network.backbone());
      assertArrayEquals(
          Arrays.copyOf(values("_conv_head.weight"), 6 * 320), ours(network, "19head_weight"));
      assertArrayEquals(
          Arrays.copyOf(values("_bn1.running_var"), 6), ours(network, "19head_runningVar"));
      put("_bn1.bias", 5);
      Path file = write();
      IllegalArgumentException refusal =
          assertThrows(
              IllegalArgumentException.class,
              () -> PretrainedBackbone.load(file, network.backbone()));
      assertTrue(refusal.getMessage().endsWith("_bn1.bias [5], not [6]"), refusal.getMessage());
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> config(BackboneKind.RESNET_18, false).toBuilder().features(6).build());
  }

  @Test
  void everyMistakeOfAFileIsOneError() throws IOException {
    resNet18();
    tensors.remove("layer1.1.conv2.weight");
    put("layer2.0.bn1.bias", 4);
    put("layer5.0.conv1.weight", 8, 8, 3, 3);
    Path file = write();
    try (DidNetwork network = network(BackboneKind.RESNET_18, false)) {
      float[] before = ours(network, "02stem_weight");
      IllegalArgumentException refusal =
          assertThrows(
              IllegalArgumentException.class,
              () -> PretrainedBackbone.load(file, network.backbone()));
      assertEquals(
          file
              + ": not the weights of resnet18 as their publishers name them: missing"
              + " layer1.1.conv2.weight; unknown layer5.0.conv1.weight; wrong shapes"
              + " layer2.0.bn1.bias [4], not [8]",
          refusal.getMessage());
      assertArrayEquals(before, ours(network, "02stem_weight"));
    }
  }

  @Test
  void aFileThatIsNoneIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("weights.safetensors"), "pickled nonsense");
    try (DidNetwork network = network(BackboneKind.RESNET_18, false)) {
      IOException refusal =
          assertThrows(IOException.class, () -> PretrainedBackbone.load(file, network.backbone()));
      assertTrue(refusal.getMessage().contains("not a safetensors file"), refusal.getMessage());
    }
  }

  @Test
  void aRunThatBeginsWithPublishedWeightsGoesOnFromThem() throws Exception {
    NetworkConfig config = config(BackboneKind.RESNET_18, false);
    TrainingConfig recipe = TinyRuns.recipe(config, TinyRuns.recipe(1, 1).loss(), 1, 1);
    resNet18();
    Path run = folder.resolve("run");
    Trainer.begin(recipe, TinyRuns.DOMAINS, write(), run);
    try (TrainedDid begun = DidCheckpoint.load(DidCheckpoint.latest(run).orElseThrow())) {
      assertEquals(0, begun.step());
      assertArrayEquals(values("bn1.running_mean"), ours(begun.network(), "02stem_runningMean"));
    }
    try (TrainedDid trained =
        Trainer.train(
            recipe, TinyRuns::batch, TinyRuns.DOMAINS, run, TrainingListener.NONE, TinyRuns.CPU)) {
      assertEquals(1, trained.step());
      float[] before = values("layer2.1.conv1.weight");
      float[] after = ours(trained.network(), "06block_01first_weight");
      assertFalse(Arrays.equals(before, after));
      for (int i = 0; i < before.length; i++) {
        assertEquals(before[i], after[i], 0.01f, "weight " + i);
      }
    }
  }

  private static NetworkConfig config(BackboneKind kind, boolean highPass) {
    return TinyRuns.NETWORK.plain().toBuilder().backbone(kind).highPass(highPass).build();
  }

  private static DidNetwork network(BackboneKind kind, boolean highPass) {
    return DidNetwork.create(config(kind, highPass), 2, 1);
  }

  private static float[] ours(DidNetwork network, String path) {
    return network.parameters().get("backbone." + path).getArray().toFloatArray();
  }

  private float[] values(String name) {
    return tensors.get(name).values();
  }

  private Path write() throws IOException {
    Path file = folder.resolve("weights.safetensors");
    new TensorFile(Map.of("format", "pt"), tensors).write(file);
    return file;
  }

  /** resnet18 of torchvision at a sixteenth of its width, head and counters of batches included. */
  private void resNet18() {
    convolution("conv1", "bn1", 4, 3, 7);
    int inputs = 4;
    for (int layer = 1; layer <= 4; layer++) {
      int outputs = 2 << layer;
      for (int block = 0; block < 2; block++) {
        String name = "layer" + layer + "." + block + ".";
        convolution(name + "conv1", name + "bn1", outputs, inputs, 3);
        convolution(name + "conv2", name + "bn2", outputs, outputs, 3);
        if (layer > 1 && block == 0) {
          convolution(name + "downsample.0", name + "downsample.1", outputs, inputs, 1);
        }
        inputs = outputs;
      }
    }
    put("fc.weight", 1000, 32);
    put("fc.bias", 1000);
  }

  private void convolution(String name, String norm, int outputs, int inputs, int kernel) {
    put(name + ".weight", outputs, inputs, kernel, kernel);
    for (String part : new String[] {"weight", "bias", "running_mean", "running_var"}) {
      put(norm + "." + part, outputs);
    }
    put(norm + ".num_batches_tracked", 1);
  }

  private void put(String name, long... shape) {
    int salt = 13 * tensors.size();
    float[] values = new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.01f + (salt + i) % 997 * 5e-5f;
    }
    tensors.put(name, new TensorFile.Tensor(shape, values));
  }
}
