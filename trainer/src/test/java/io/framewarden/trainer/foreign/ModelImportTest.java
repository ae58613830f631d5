package io.framewarden.trainer.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.framewarden.extraction.extract.FaceSpec;
import io.framewarden.extraction.face.FaceDetectorConfig;
import io.framewarden.schemas.model.FaceShape;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.trainer.foreign.InputSpec.Order;
import io.framewarden.trainer.onnx.GraphScorer;
import io.framewarden.trainer.publish.PublishException;
import io.framewarden.v1.PixelFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelImportTest {
  private static final List<Double> MEAN = List.of(0.485, 0.456, 0.406);
  private static final List<Double> STD = List.of(0.229, 0.224, 0.225);
  private static final InputSpec RGB = new InputSpec(Order.rgb, MEAN, STD, 1);
  private static final InputSpec BGR = new InputSpec(Order.bgr, MEAN, STD, 1);
  private static final InputSpec GRAY =
      new InputSpec(Order.gray, List.of(127.5), List.of(128.0), 255);

  @TempDir Path folder;

  @Test
  void twoClassesUnderASoftmaxGiveTheDifferenceOfTheirLogits() throws Exception {
    Path net = ForeignNets.of(3, 2, 96).flat().then("Softmax").write(file());

    ModelArtifact model = write(net, RGB, "softmax:1");

    assertEquals(new FaceShape(96, 96, PixelFormat.RGB8), model.manifest().input().shape());
    for (byte[] face : faces(model)) {
      double[] means = means(face, RGB);
      assertEquals(score(means, 1) - score(means, 0), logit(model, face), 1e-4);
    }
  }

  @Test
  void classesWithoutASoftmaxAreTakenForLogits() throws Exception {
    Path net = ForeignNets.of(3, 3, 64).flat().write(file());

    ModelArtifact model = write(net, BGR, "softmax:2");

    for (byte[] face : faces(model)) {
      double[] means = means(face, BGR);
      double others = Math.log(Math.exp(score(means, 0)) + Math.exp(score(means, 1)));
      assertEquals(score(means, 2) - others, logit(model, face), 1e-4);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSigmoidGivesItsLogitWhetherItsOperatorIsSeenOrNot(boolean seen) throws Exception {
    ForeignNets net = ForeignNets.of(3, 1, 64).flat();
    Path file = (seen ? net.then("Sigmoid") : net.thenSigmoidInParts()).write(file());

    ModelArtifact model = write(file, BGR, "sigmoid");

    for (byte[] face : faces(model)) {
      assertEquals(score(means(face, BGR), 0), logit(model, face), 1e-3);
    }
  }

  @Test
  void aGrayLogitThatIsHighForRealFacesIsTurnedAround() throws Exception {
    Path net = ForeignNets.of(1, 1, 224).write(file());

    ModelArtifact model = write(net, GRAY, "-logit");

    assertEquals(new FaceShape(224, 224, PixelFormat.GRAY8), model.manifest().input().shape());
    for (byte[] face : faces(model)) {
      assertEquals(-score(means(face, GRAY), 0), logit(model, face), 1e-4);
    }
  }

  /** Declared for one face only, but of operators that take any number; and one that is not. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFixedBatchOfOneTakesBatchesToo(boolean fixedInside) throws Exception {
    ForeignNets net = ForeignNets.of(2, TensorProto.DataType.FLOAT_VALUE, 1, 3, 64, 64);
    Path file = (fixedInside ? net.flatForOneFace() : net.flat()).write(file());

    ModelArtifact model = write(file, RGB, "softmax:0");

    List<byte[]> faces = faces(model);
    double[] together = logits(model, faces);
    for (int i = 0; i < faces.size(); i++) {
      double[] means = means(faces.get(i), RGB);
      assertEquals(score(means, 0) - score(means, 1), together[i], 1e-4);
    }
  }

  @Test
  void whatAnExporterNotesOfItsMachineIsLeftOut() throws Exception {
    String path = "/home/somebody/net.py";
    Path net = ForeignNets.of(3, 1, 64).flat().noting(path).write(file());
    assertTrue(Files.readString(net, StandardCharsets.ISO_8859_1).contains(path));

    ModelArtifact model = write(net, RGB, "logit");

    assertFalse(Files.readString(model.model(), StandardCharsets.ISO_8859_1).contains(path));
    byte[] face = faces(model).get(0);
    assertEquals(score(means(face, RGB), 0), logit(model, face), 1e-4);
  }

  @Test
  void namesThatAnArtifactUsesItselfMayBeTheFilesOwn() throws Exception {
    ModelArtifact model = write(ForeignNets.withOurNames(3, 64).write(file()), RGB, "logit");

    byte[] face = faces(model).get(0);
    assertEquals(score(means(face, RGB), 0), logit(model, face), 1e-4);
  }

  @Test
  void constantsThatAreInputsTooAreNoMoreThanConstants() throws Exception {
    Path net = ForeignNets.of(3, 1, 64).flat().withConstantsAsInputs().write(file());

    byte[] face = faces(write(net, RGB, "logit")).get(0);

    assertEquals(
        score(means(face, RGB), 0),
        logit(ModelArtifact.open(folder.resolve("artifact")), face),
        1e-4);
  }

  @Test
  void oneOutputOfSeveralIsChosenByName() throws Exception {
    Path net =
        ForeignNets.of(3, 1, 64).flat().output("plain").then("Sigmoid").output("p").write(file());

    assertRefused(net, RGB, "sigmoid", "has 2 outputs", "--output-name", "plain, p");
    ModelArtifact model =
        importing(net, RGB, "sigmoid", 0, new ModelImport.Names(null, "p")).write(out());
    byte[] face = faces(model).get(0);
    assertEquals(score(means(face, RGB), 0), logit(model, face), 1e-4);
  }

  @Test
  void weightsBesideTheFileAreBroughtIntoTheGraph() throws Exception {
    ForeignNets net = ForeignNets.of(3, 1, 64).flat();
    Path data = folder.resolve("net.onnx.data");
    byte[] weights = net.weightBytes();
    byte[] padded = new byte[weights.length + 16];
    System.arraycopy(weights, 0, padded, 16, weights.length);
    Files.write(data, padded);
    Path file = net.weightsIn(external(net, "net.onnx.data", 16, weights.length)).write(file());

    ModelArtifact model = write(file, RGB, "logit");

    byte[] face = faces(model).get(0);
    assertEquals(score(means(face, RGB), 0), logit(model, face), 1e-4);
    Files.write(data, new byte[3]);
    assertRefused(file, RGB, "logit", "net.onnx.data", "copy both again");
    Files.delete(data);
    assertRefused(file, RGB, "logit", "net.onnx.data, which is not beside it", "in one file");
    Path outside = net.weightsIn(external(net, "../etc/weights", 0, 12)).write(file());
    assertRefused(outside, RGB, "logit", "not beside it");
  }

  @ParameterizedTest
  @CsvSource({
    "softmax:2, 'gives 2 values a face, so none is 2'",
    "logit, '--output softmax:INDEX'",
    "sigmoid, '--output softmax:INDEX'"
  })
  void twoClassesAreNoSingleValue(String output, String why) throws Exception {
    assertRefused(ForeignNets.of(3, 2, 64).flat().write(file()), RGB, output, why);
  }

  @Test
  void anOutputThatIsNotWhatItIsSaidToBeIsRefused() throws Exception {
    Path plain = ForeignNets.of(3, 1, 64).flat().write(file());
    assertRefused(plain, RGB, "sigmoid", "no probability", "--output logit");
    assertRefused(plain, RGB, "softmax:0", "one value", "--output sigmoid, or logit");
    Path squashed = ForeignNets.of(3, 1, 64).flat().then("Sigmoid").write(file());
    assertRefused(squashed, RGB, "logit", "--output sigmoid");
    Path broken = ForeignNets.of(3, 1, 64).flat().timesNotANumber().write(file());
    assertRefused(broken, RGB, "logit", "NaN", "--mean and --std");
  }

  @Test
  void anInputThatTakesSomethingElseIsRefusedWithTheRemedy() throws Exception {
    int floats = TensorProto.DataType.FLOAT_VALUE;
    Path side = ForeignNets.of(3, 1, 96).flat().write(file());
    assertRefused(side, RGB, "logit", 64, "takes faces of 96x96; say --side 96");
    assertRefused(side, GRAY, "logit", "takes 3 channels, not 1; say --input rgb or bgr");
    Path free = ForeignNets.of(1, floats, 0, 3, 0, 0).flat().write(file());
    assertRefused(free, RGB, "logit", "any side; say --side");
    assertEquals(
        80, importing(free, RGB, "logit", 80, null).write(out()).manifest().input().width());
    Path last = ForeignNets.of(1, floats, 0, 64, 64, 3).flat().write(file());
    assertRefused(last, RGB, "logit", "channels last");
    Path wide = ForeignNets.of(1, floats, 0, 3, 64, 96).flat().write(file());
    assertRefused(wide, RGB, "logit", "only squares");
    Path clip = ForeignNets.of(1, floats, 0, 3, 8, 64, 64).flat().write(file());
    assertRefused(clip, RGB, "logit", "5 dimensions, not the 4");
    Path whole = ForeignNets.of(1, TensorProto.DataType.UINT8_VALUE, 0, 3, 64, 64).write(file());
    assertRefused(whole, RGB, "logit", "takes no floats");
    Path two = ForeignNets.of(3, 1, 64).flat().alsoTakes("threshold").write(file());
    assertRefused(two, RGB, "logit", "has 2 inputs", "--input-name");
  }

  @Test
  void filesThatAreNoModelOrTooOldOrTooNewAreRefused() throws Exception {
    Path text = Files.writeString(folder.resolve("net.onnx"), "no model");
    assertRefused(text, RGB, "logit", "is no ONNX model");
    assertRefused(folder.resolve("none.onnx"), RGB, "logit", "no such file");
    Path old = ForeignNets.of(3, 1, 64).flat().opset(6).write(file());
    assertRefused(old, RGB, "logit", "opset 6 is too old", "opset_version=17");
    Path recent = ForeignNets.of(3, 1, 64).flat().opset(99).write(file());
    assertRefused(recent, RGB, "logit", "opset 99 may be too new", "opset_version=17");
  }

  @Test
  void wordsThatCannotBeMeantAreRefused() {
    for (String output : List.of("softmax", "softmax:-1", "probability", "-softmax:1", "")) {
      assertThrows(PublishException.class, () -> OutputKind.parse(output), output);
    }
    for (List<Double> mean : List.of(List.<Double>of(), List.of(0.5, 0.5), List.of(127.5))) {
      assertThrows(
          PublishException.class, () -> new InputSpec(Order.rgb, mean, STD, 1), mean.toString());
    }
    assertThrows(PublishException.class, () -> new InputSpec(Order.rgb, MEAN, List.of(0.0), 1));
  }

  @Test
  void theArtifactSaysWhatItIsAndWhatToExtract() throws Exception {
    Path net = ForeignNets.of(3, 2, 96).flat().write(file());

    ModelArtifact model = write(net, RGB, "softmax:1");

    FaceSpec spec = FaceSpec.of(model.manifest());
    assertEquals(96, spec.template().size());
    assertEquals(
        spec.recipe(FaceDetectorConfig.defaults()).digest(), model.manifest().extractionDigest());
    assertFalse(model.manifest().operatingPoints().get(0).calibrated());
    assertEquals("net.onnx", model.manifest().training().recipe().path("importedFrom").asText());
    assertEquals("Apache-2.0", model.manifest().training().recipe().path("licence").asText());
    String report = Files.readString(model.folder().resolve("report.md"));
    assertTrue(report.contains("| licence | Apache-2.0 |"), report);
  }

  /**
   * A network of PyTorch's own exporter, with what PyTorch 2.7.1 gives for three faces. It was made
   * by
   *
   * <pre>
   * torch.manual_seed(7)
   * net = nn.Sequential(
   *     nn.Conv2d(3, 8, 3, stride=2, padding=1, bias=False), nn.BatchNorm2d(8), nn.Hardswish(),
   *     nn.Conv2d(8, 8, 3, stride=2, padding=1, groups=8, bias=False), nn.BatchNorm2d(8), nn.ReLU(),
   *     nn.Conv2d(8, 16, 1), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(16, 2))
   * for _ in range(20):
   *     net(torch.randn(8, 3, 64, 64))
   * net.eval()
   * with torch.no_grad():
   *     net[10].weight *= 8
   * torch.onnx.export(
   *     net, torch.zeros(2, 3, 64, 64), "torch-net.onnx", input_names=["image"],
   *     output_names=["prediction"],
   *     dynamic_axes={"image": {0: "batch"}, "prediction": {0: "batch"}},
   *     opset_version=17, dynamo=False)
   * </pre>
   *
   * and given {@code (face / 255 - mean) / std} of ImageNet, channels first, for the faces below.
   */
  @Test
  void aNetworkThatPyTorchExportedGivesWhatPyTorchGives() throws Exception {
    Path net = file();
    try (InputStream resource = getClass().getResourceAsStream("/foreign/torch-net.onnx")) {
      Files.copy(resource, net);
    }

    ModelArtifact model = write(net, RGB, "softmax:1");

    assertEquals(2.0770058631896973, logit(model, patterned(1)), 1e-4);
    assertEquals(2.152474880218506, logit(model, patterned(2)), 1e-4);
    assertEquals(2.1605653762817383, logit(model, patterned(3)), 1e-4);
  }

  private static byte[] patterned(int k) {
    byte[] face = new byte[64 * 64 * 3];
    for (int i = 0; i < face.length; i++) {
      int c = i % 3;
      int x = i / 3 % 64;
      int y = i / 3 / 64;
      face[i] = (byte) (x * x / 8 * k + y * (3 + c) + c * 40);
    }
    return face;
  }

  private static TensorProto external(ForeignNets net, String file, int offset, int length) {
    return net.weightTensor().toBuilder()
        .clearFloatData()
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalData(entry("location", file))
        .addExternalData(entry("offset", "" + offset))
        .addExternalData(entry("length", "" + length))
        .build();
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  private Path file() {
    return folder.resolve("net.onnx");
  }

  private Path out() {
    return folder.resolve("artifact");
  }

  private ModelArtifact write(Path net, InputSpec input, String output) throws IOException {
    return importing(net, input, output, 0, null).write(out());
  }

  private static ModelImport importing(
      Path net, InputSpec input, String output, int side, ModelImport.Names names) {
    return new ModelImport(
        net,
        names == null ? new ModelImport.Names(null, null) : names,
        input,
        side,
        OutputKind.parse(output),
        "arcface:1.3",
        FaceDetectorConfig.defaults(),
        new ModelImport.About("theirs", "1", null, "Apache-2.0", null));
  }

  private void assertRefused(Path net, InputSpec input, String output, String... why) {
    assertRefused(net, input, output, 0, why);
  }

  private void assertRefused(Path net, InputSpec input, String output, int side, String... why) {
    Exception refused =
        assertThrows(
            PublishException.class, () -> importing(net, input, output, side, null).write(out()));
    assertTrue(refused.getMessage().contains(folder.toString()), refused.getMessage());
    for (String part : why) {
      assertTrue(refused.getMessage().contains(part), refused.getMessage());
    }
  }

  /** Golden faces, noise, and more of them than are scored at a time. */
  private static List<byte[]> faces(ModelArtifact model) {
    List<byte[]> faces = new ArrayList<>(model.goldenFaces());
    Random random = new Random(5);
    for (int i = 0; i < 4; i++) {
      byte[] noise = new byte[faces.get(0).length];
      random.nextBytes(noise);
      faces.add(noise);
    }
    return faces;
  }

  private static double logit(ModelArtifact model, byte[] face) {
    return logits(model, List.of(face))[0];
  }

  private static double[] logits(ModelArtifact model, List<byte[]> faces) {
    try (GraphScorer scorer = new GraphScorer(model.model(), model.manifest().input().shape())) {
      return scorer.logits(faces);
    }
  }

  /** The means of the channels as the network is given them. */
  private static double[] means(byte[] face, InputSpec input) {
    int channels = input.order() == Order.gray ? 1 : 3;
    double[] means = new double[channels];
    for (int c = 0; c < channels; c++) {
      int at = input.order() == Order.bgr ? 2 - c : c;
      double sum = 0;
      for (int i = at; i < face.length; i += channels) {
        sum += face[i] & 0xff;
      }
      double mean = sum * channels / face.length / (input.range() == 1 ? 255 : 1);
      means[c] =
          (mean - input.mean().get(Math.min(c, input.mean().size() - 1)))
              / input.std().get(Math.min(c, input.std().size() - 1));
    }
    return means;
  }

  private static double score(double[] means, int k) {
    double score = 0;
    for (int c = 0; c < means.length; c++) {
      score += ForeignNets.weight(k, c) * means[c];
    }
    return score;
  }
}
