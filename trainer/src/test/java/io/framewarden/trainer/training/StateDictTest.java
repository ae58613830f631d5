package io.framewarden.trainer.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files among the resources were written by torch.save of PyTorch 2.7.1. */
class StateDictTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"archive.pth", "pickles.pth"})
  void tensorsOfBothFormatsAreRead(String name) throws Exception {
    Path file = resource(name);
    assertTrue(StateDict.isOne(file));
    TensorFile content = StateDict.read(file, tensor -> !tensor.endsWith("num_batches_tracked"));
    assertEquals(
        Set.of(
            "conv.weight",
            "bn.weight",
            "bn.bias",
            "bn.running_mean",
            "bn.running_var",
            "turned",
            "part"),
        content.tensors().keySet());
    TensorFile.Tensor weight = content.tensors().get("conv.weight");
    assertArrayEquals(new long[] {3, 2, 2, 2}, weight.shape());
    assertEquals(23 / 8f, weight.values()[23]);
    assertArrayEquals(new float[] {0.5f, -1.25f, 3}, values(content, "bn.running_mean"));
    // A view with turned strides, and one that begins within its storage.
    assertArrayEquals(new long[] {3, 2}, content.tensors().get("turned").shape());
    assertArrayEquals(new float[] {0, 3, 1, 4, 2, 5}, values(content, "turned"));
    assertArrayEquals(new float[] {4, 5, 6}, values(content, "part"));
  }

  @Test
  void theStateDictOfACheckpointAndItsParametersAreFound() throws Exception {
    TensorFile content = StateDict.read(resource("nested.pt"), name -> true);
    assertEquals(Set.of("w"), content.tensors().keySet());
    assertArrayEquals(new float[] {1, 2}, values(content, "w"));
  }

  @Test
  void numbersOfAnotherTypeAreRefusedWhereTheyAreWanted() throws Exception {
    assertEquals(Set.of("w"), StateDict.read(resource("half.pt"), "w"::equals).tensors().keySet());
    refused("tensor half is not float32", resource("half.pt"));
  }

  @ParameterizedTest
  @CsvSource({
    "'cposix\nsystem\n(S''touch nowhere''\ntR.', posix.system",
    "'cbuiltins\neval\n(S''1''\ntR.', builtins.eval",
    "'c__builtin__\ngetattr\n.', __builtin__.getattr",
    "'cdecimal\nDecimal\n(S''1''\ntR.', decimal.Decimal",
    "'ctorch.hub\nFloatStorage\n.', torch.hub.FloatStorage",
    "'(S''touch nowhere''\niposix\nsystem\n.', opcode 105",
    "'ctorch\nFloatStorage\n(I1\ntR.', torch.FloatStorage is called",
    "'(S''a''\nS''b''\ntQ.', not to a storage",
    "'ccollections\nOrderedDict\n((S''a''\nI1\nttR.', a dictionary is made with",
    "'I1\n.', no dictionary",
    "'(S''w''\nI1\nd.', w is no tensor",
    "'zzz', invalid pickle opcode",
    "'', end"
  })
  void whatIsNoTensorIsNamedAndNotRun(String pickle, String complaint) throws Exception {
    refused(complaint, archive(pickle));
  }

  @Test
  void aTensorBeyondItsStorageIsRefused() throws Exception {
    String storage = "(S'storage'\nctorch\nFloatStorage\nS'0'\nS'cpu'\nI2\ntQ";
    String tensor = "ctorch._utils\n_rebuild_tensor_v2\n(" + storage + "I1\n(I2\nt(I1\nttR";
    refused("reaches beyond storage 0", archive("(S'w'\n" + tensor + "d."));
    String huge = tensor.replace("I2\nt(I1", "L99999999999L\nt(I0");
    refused("no part of storage 0", archive("(S'w'\n" + huge + "d."));
  }

  @Test
  void aFileThatEndsEarlyIsNamed() throws Exception {
    byte[] whole = Files.readAllBytes(resource("pickles.pth"));
    Path cut = folder.resolve("cut.pth");
    for (int length : new int[] {9, 40, 400, whole.length - 30}) {
      Files.write(cut, Arrays.copyOf(whole, length));
      refused("cut.pth is not a state dict", cut);
    }
  }

  @Test
  void otherFilesAreNone() throws Exception {
    assertFalse(
        StateDict.isOne(Files.write(folder.resolve("a"), new byte[] {(byte) 0x80, 2, 1, 1})));
    assertFalse(StateDict.isOne(Files.createFile(folder.resolve("b"))));
  }

  /** An archive as torch.save writes it, of this pickle and one storage of two numbers. */
  private Path archive(String pickle) throws IOException {
    Path file = folder.resolve("weights.pth");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("weights/data.pkl"));
      zip.write(pickle.getBytes(StandardCharsets.US_ASCII));
      zip.putNextEntry(new ZipEntry("weights/data/0"));
      zip.write(new byte[8]);
    }
    return file;
  }

  private static void refused(String complaint, Path file) {
    IOException refusal = assertThrows(IOException.class, () -> StateDict.read(file, name -> true));
    assertTrue(refusal.getMessage().contains(complaint), refusal.getMessage());
    assertTrue(refusal.getMessage().startsWith(file.toString()), refusal.getMessage());
  }

  private static float[] values(TensorFile content, String name) {
    return content.tensors().get(name).values();
  }

  private static Path resource(String name) throws Exception {
    return Path.of(StateDictTest.class.getResource("/state-dicts/" + name).toURI());
  }
}
