package io.framewarden.detector.engine.tensorrt;

import io.framewarden.detector.engine.InferenceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Loads the JNI glue of TensorRT's builder, and nothing else. JavaCPP itself would also load the
 * glue of cuBLAS, cuDNN and NVRTC, which the builder names and does not need, and demand those
 * libraries; so its own loading is switched off, for the whole process. Hence a process that
 * compiles does nothing else.
 */
final class BuilderNatives {
  private static final String AUTOMATIC_LOADING = "org.bytedeco.javacpp.loadlibraries";

  /** In the order of their dependencies. */
  private static final List<String> LIBRARIES =
      List.of(
          "javacpp/linux-x86_64/libjnijavacpp.so",
          "cuda/linux-x86_64/libjnicudart.so",
          "tensorrt/linux-x86_64/libjninvinfer.so",
          "tensorrt/linux-x86_64/libjninvonnxparser.so");

  private static boolean loaded;

  private BuilderNatives() {}

  /**
   * Loads the libraries, once a process.
   *
   * @param folder in which the glue is unpacked
   * @throws InferenceException when a library that it is linked to is missing
   */
  static synchronized void load(Path folder) {
    if (loaded) {
      return;
    }
    System.setProperty(AUTOMATIC_LOADING, "false");
    try {
      Path unpacked = Files.createDirectories(folder.toAbsolutePath().resolve("jni"));
      for (String name : LIBRARIES) {
        System.load(unpack(name, unpacked).toString());
      }
      loaded = true;
    } catch (UnsatisfiedLinkError e) {
      throw new InferenceException(
          "TensorRT cannot be used here: " + e.getMessage() + "." + GpuProperties.REMEDY, e);
    } catch (IOException e) {
      throw new InferenceException("cannot unpack TensorRT's glue in " + folder + ": " + e, e);
    }
  }

  private static Path unpack(String name, Path folder) throws IOException {
    Path target = folder.resolve(Path.of(name).getFileName());
    Path fresh = Files.createTempFile(folder, "new-", ".so");
    try (InputStream glue =
        BuilderNatives.class.getClassLoader().getResourceAsStream("org/bytedeco/" + name)) {
      if (glue == null) {
        throw new InferenceException(
            name + " is not on the class path; it exists for Linux x86-64");
      }
      Files.copy(glue, fresh, StandardCopyOption.REPLACE_EXISTING);
      // In one step: another process may be loading it.
      return Files.move(
          fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
