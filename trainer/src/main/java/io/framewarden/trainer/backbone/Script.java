package io.framewarden.trainer.backbone;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Functions of the engine that DJL does not pass on, as programs of one line in TorchScript, in
 * archives as PyTorch would save them. The backward pass goes through them as through any other.
 *
 * <p>Each owns its program for the life of the process. Threads may share it.
 */
enum Script {
  /**
   * {@code min(6, max(0, x))} of every element. Clipping computes the same, but its backward pass
   * goes over the array four times in place of once: a third of a whole step on a CPU.
   */
  RELU6("torch.hardtanh(x, 0., 6.)"),
  /** Rounded to bfloat16, a type that DJL has no name for. Only few of its operations take it. */
  BFLOAT16("torch.to(x, 15)"),
  /** Brought back to float32. */
  FLOAT32("torch.to(x, 6)"),
  /**
   * With the channels of a pixel side by side in memory, in which order what is computed from it
   * stays: the engine would reorder everything before and after each convolution, and has no fast
   * gradient of 5x5 depthwise weights in any other order.
   */
  CHANNELS_LAST("torch.contiguous(x, memory_format=2)"),
  /** In the order in which arrays are read and written. */
  CONTIGUOUS("torch.contiguous(x)"),
  /** Maps of twice the side, each value four times. */
  ENLARGED_NEAREST("torch.upsample_nearest2d(x, None, [2., 2.])"),
  /** Maps of twice the side, between the four nearest values. */
  ENLARGED_BILINEAR("torch.upsample_bilinear2d(x, None, False, [2., 2.])"),
  /** Maps of twice the side, whose pixels are four channels' (Shi et al. 2016). */
  SHUFFLED("torch.pixel_shuffle(x, 2)"),
  /** A transposed convolution of x by weights y with a bias z, of stride 2 and padding 1. */
  TRANSPOSED("torch.conv_transpose2d(x, y, z, [2, 2], [1, 1])", ", y: Tensor, z: Tensor");

  private static final String PROGRAM =
      """
      class Script(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        def forward(self: __torch__.Script,
          x: Tensor%s) -> Tensor:
          return %s
      """;

  /** Pickles of a Script with {@code training} set, and of no constants. */
  private static final String MODULE =
      "\u0080\u0002c__torch__\nScript\n)\u0081}(X\u0008\u0000\u0000\u0000training\u0088ub.";

  private static final String CONSTANTS = "\u0080\u0002).";

  private final PtSymbolBlock block;

  Script(String expression) {
    this(expression, "");
  }

  /**
   * @param more arguments after x, as the program declares them
   */
  Script(String expression, String more) {
    PtNDManager manager = (PtNDManager) PyTorch.manager(Device.cpu());
    // Compiled for the types and shapes that it sees, it would not be faster, only later.
    JniUtils.setGraphExecutorOptimize(false);
    InputStream archive = new ByteArrayInputStream(archive(PROGRAM.formatted(more, expression)));
    try {
      block = JniUtils.loadModule(manager, archive, false, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The function's value, which belongs to the manager of the first argument. */
  NDArray of(NDArray... arguments) {
    return IValueUtils.forward(block, new NDList(arguments), true).singletonOrThrow();
  }

  private static byte[] archive(String program) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      add(zip, "data.pkl", MODULE);
      add(zip, "code/__torch__.py", program);
      add(zip, "constants.pkl", CONSTANTS);
      add(zip, "version", "3\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void add(ZipOutputStream zip, String name, String content) throws IOException {
    zip.putNextEntry(new ZipEntry("script/" + name));
    zip.write(content.getBytes(StandardCharsets.ISO_8859_1));
    zip.closeEntry();
  }
}
