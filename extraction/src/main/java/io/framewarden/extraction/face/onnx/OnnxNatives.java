package io.framewarden.extraction.face.onnx;

import ai.onnxruntime.OrtEnvironment;
import io.framewarden.runtime.process.NativeLibraries;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;

/**
 * Where ONNX Runtime's native libraries are. Left to itself it unpacks 28 MB for each process anew,
 * into the temporary folder; here they lie unpacked once, beside those of FFmpeg and OpenCV.
 * Stateless.
 */
public final class OnnxNatives {
  /** The system property of ONNX Runtime that names their folder. */
  public static final String FOLDER = "onnxruntime.native.path";

  private static final List<String> LIBRARIES =
      List.of("libonnxruntime.so", "libonnxruntime4j_jni.so");

  private OnnxNatives() {}

  /** Sets {@link #FOLDER}, where it is not set; has no effect once ONNX Runtime was loaded. */
  static void use() {
    folder().ifPresent(folder -> System.setProperty(FOLDER, folder));
  }

  /**
   * The folder, with the libraries unpacked; empty on other systems than Linux and where they
   * cannot be unpacked: ONNX Runtime then unpacks them itself.
   */
  public static Optional<String> folder() {
    String told = System.getProperty(FOLDER, "");
    if (!told.isEmpty()) {
      return Optional.of(told);
    }
    String parent = "/ai/onnxruntime/native/linux-" + machine() + "/";
    boolean linux = System.getProperty("os.name", "").startsWith("Linux");
    if (!linux || OrtEnvironment.class.getResource(parent + LIBRARIES.get(0)) == null) {
      return Optional.empty();
    }
    NativeLibraries.prepare();
    String folder = null;
    for (String library : LIBRARIES) {
      try {
        File unpacked = Loader.cacheResource(OrtEnvironment.class, parent + library);
        if (unpacked == null) {
          return Optional.empty();
        }
        folder = unpacked.getParent();
      } catch (IOException e) {
        return Optional.empty();
      }
    }
    return Optional.ofNullable(folder);
  }

  /** The processor, as ONNX Runtime's folders call it. */
  private static String machine() {
    String name = System.getProperty("os.arch", "");
    return name.equals("amd64") ? "x64" : name;
  }
}
