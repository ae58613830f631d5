package io.framewarden.trainer.resynthesis;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.framewarden.runtime.process.NativeLibraries;
import io.framewarden.trainer.image.Tones;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/**
 * A trained autoencoder on ONNX Runtime, which computes in the thread that calls it. Made by {@code
 * framewarden train-autoencoders}. Owns its native session until closed; any number of threads.
 */
public final class Autoencoder implements AutoCloseable {
  /** The input: gray 0..255, (n, 1, side, side). */
  static final String SQUARES = "squares";

  /** The output: gray as -1..1 and a little beyond, (n, 1, side, side). */
  static final String MADE = "made";

  private final String name;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final int side;

  private Autoencoder(String name, OrtEnvironment environment, OrtSession session)
      throws OrtException {
    this.name = name;
    this.environment = environment;
    this.session = session;
    TensorInfo input = (TensorInfo) session.getInputInfo().get(SQUARES).getInfo();
    side = (int) input.getShape()[3];
  }

  /** Those that lie in the jar; loaded once, for the life of the process. */
  public static List<Autoencoder> bundled() {
    return Bundled.ALL;
  }

  /**
   * Loads a graph.
   *
   * @param name for messages
   * @throws IllegalArgumentException if ONNX Runtime cannot load it
   */
  static Autoencoder of(String name, byte[] graph) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      OrtEnvironment environment = NativeLibraries.startOnnxRuntime(OrtEnvironment::getEnvironment);
      return new Autoencoder(name, environment, environment.createSession(graph, options));
    } catch (OrtException e) {
      throw new IllegalArgumentException(
          name + ": ONNX Runtime cannot load it: " + e.getMessage(), e);
    }
  }

  /** Side of the squares, pixels. */
  public int side() {
    return side;
  }

  /**
   * Takes a square apart and puts it together again.
   *
   * @param square gray8, {@link #side()} pixels a side, row-major; stays as it is
   */
  public byte[] reconstruct(byte[] square) {
    FloatBuffer values = FloatBuffer.allocate(square.length);
    for (byte gray : square) {
      values.put(gray & 0xff);
    }
    long[] shape = {1, 1, side, side};
    try (OnnxTensor input = OnnxTensor.createTensor(environment, values.flip(), shape);
        OrtSession.Result result = session.run(Map.of(SQUARES, input))) {
      FloatBuffer made = ((OnnxTensor) result.get(0)).getFloatBuffer();
      byte[] out = new byte[square.length];
      for (int i = 0; i < out.length; i++) {
        out[i] = Tones.clamp(127.5 * (made.get(i) + 1));
      }
      return out;
    } catch (OrtException e) {
      throw new IllegalStateException("the autoencoder " + name + " failed", e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("the autoencoder " + name + " cannot be closed", e);
    }
  }

  /** Loaded when it is first asked for. */
  private static final class Bundled {
    static final List<Autoencoder> ALL =
        AutoencoderShape.all().stream().map(shape -> load(shape.file())).toList();

    private static Autoencoder load(String file) {
      try (InputStream in = Autoencoder.class.getResourceAsStream(file)) {
        if (in == null) {
          throw new IllegalStateException("the trainer's jar has no " + file);
        }
        return of(file, in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException("the trainer's jar cannot be read for " + file, e);
      }
    }
  }
}
