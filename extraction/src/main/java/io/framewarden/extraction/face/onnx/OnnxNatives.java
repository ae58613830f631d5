package io.framewarden.extraction.face.onnx;

import ai.onnxruntime.OrtEnvironment;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
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
    String machine =
        switch (System.getProperty("os.arch", "").toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64" -> "x64";
          case "aarch64" -> "aarch64";
          default -> "none";
        };
    String folder = null;
    for (String library : LIBRARIES) {
      String resource = "/ai/onnxruntime/native/linux-" + machine + "/" + library;
      try {
        File unpacked =
            OrtEnvironment.class.getResource(resource) == null
                ? null
                : Loader.cacheResource(OrtEnvironment.class, resource);
        if (unpacked == null) {
          return Optional.empty();
        }
        folder = unpacked.getParent();
      } catch (IOException e) {
        return Optional.empty();
      }
    }
    return System.getProperty("os.name", "").startsWith("Linux")
        ? Optional.ofNullable(folder)
        : Optional.empty();
  }
}
