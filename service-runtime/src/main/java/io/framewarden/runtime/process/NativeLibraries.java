package io.framewarden.runtime.process;

import com.sun.jna.Library;
import com.sun.jna.Native;
import io.framewarden.runtime.lifecycle.LargeStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What must be said before others' native libraries are loaded: that they are unpacked where nobody
 * else can put a library of the same name, and that they report to nobody. Safe for several
 * threads; each method has no effect when it is called again.
 */
public final class NativeLibraries {
  /** JavaCPP's folder, of FFmpeg, OpenCV and OpenBLAS. */
  public static final String JAVACPP_CACHE = "org.bytedeco.javacpp.cachedir";

  private static final Logger LOG = LoggerFactory.getLogger(NativeLibraries.class);
  private static final String JAVACPP_LOG = "org.bytedeco.javacpp.logger";
  private static final String JNA_FOLDER = "jna.tmpdir";
  private static final String DJL_CACHE = "DJL_CACHE_DIR";
  private static final String ONNX_RUNTIME_TELEMETRY = "ORT_DISABLE_TELEMETRY";

  /** The part of the C library that sets what other native code reads as its environment. */
  private interface CLibrary extends Library {
    int setenv(String name, String value, int overwrite);
  }

  private NativeLibraries() {}

  /**
   * Chooses the folders into which JavaCPP and JNA unpack libraries, unless properties name them:
   * the usual one of this user's home if nobody else can write to it, else one that is removed with
   * the process. To be called before any class of theirs is.
   */
  public static synchronized void prepare() {
    // Into our log, which leaves out that OpenCV's release is older than FFmpeg's.
    System.setProperty(JAVACPP_LOG, System.getProperty(JAVACPP_LOG, "slf4j"));
    if (unset(JAVACPP_CACHE)) {
      useFolder(JAVACPP_CACHE, home(".javacpp", "cache"));
      prepareJna();
    }
  }

  /**
   * Does the same for DJL, and keeps it from reporting each start to its makers through a cloud's
   * metadata address. To be called before any engine of DJL's is asked for.
   */
  public static synchronized void prepareDjl() {
    prepare();
    System.setProperty("OPT_OUT_TRACKING", "true");
    if (System.getenv(DJL_CACHE) == null) {
      useFolder(DJL_CACHE, home(".djl.ai"));
    }
  }

  /**
   * Starts ONNX Runtime by a call that makes its environment, on a {@link LargeStack}. Its reports
   * to its makers are switched off before its library is loaded, since that looks them up.
   *
   * @throws IllegalStateException when the reports cannot be switched off, saying how else
   */
  public static <T> T startOnnxRuntime(Supplier<T> start) {
    silenceOnnxRuntime();
    return LargeStack.call(start);
  }

  private static synchronized void silenceOnnxRuntime() {
    if (System.getProperty("os.name", "").startsWith("Windows")
        || "1".equals(System.getenv(ONNX_RUNTIME_TELEMETRY))) {
      return;
    }
    prepare();
    prepareJna();
    try {
      // Java cannot change its own environment; the copy of it that Java shows stays as it was.
      CLibrary c = Native.load("c", CLibrary.class);
      if (c.setenv(ONNX_RUNTIME_TELEMETRY, "1", 1) != 0) {
        throw new UnsatisfiedLinkError("setenv failed");
      }
    } catch (LinkageError e) {
      throw new IllegalStateException(
          "ONNX Runtime would report its use to its makers, and that cannot be switched off from"
              + " within; set "
              + ONNX_RUNTIME_TELEMETRY
              + "=1 in the environment",
          e);
    }
  }

  private static void prepareJna() {
    if (unset(JNA_FOLDER)) {
      useFolder(JNA_FOLDER, Path.of(System.getProperty(JAVACPP_CACHE)).resolve("jna"));
    }
  }

  private static boolean unset(String property) {
    return System.getProperty(property, "").isEmpty();
  }

  private static Path home(String first, String... more) {
    return Path.of(System.getProperty("user.home", "")).resolve(Path.of(first, more));
  }

  private static void useFolder(String property, Path usual) {
    if (!unset(property)) {
      return;
    }
    Path folder;
    try {
      if (!Files.isDirectory(home(""))) {
        throw new IOException("this user has no home folder");
      }
      folder = PrivateDirectory.at(usual);
      if (!Files.isWritable(folder)) {
        throw new IOException("the folder " + folder + " cannot be written to");
      }
    } catch (IOException e) {
      folder = forThisProcess();
      LOG.warn(
          "{}; libraries are unpacked into {} for this process alone. Set -D{} to a folder that"
              + " only this user can write to",
          e.getMessage(),
          folder,
          property);
    }
    System.setProperty(property, folder.toString());
  }

  private static Path forThisProcess() {
    try {
      Path folder =
          Files.createTempDirectory("framewarden-natives-", PrivateDirectory.ownerOnly())
              .toRealPath();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder), "remove-natives"));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("no folder can be made for native libraries", e);
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> inside = Files.walk(folder)) {
      List<Path> deepestFirst = inside.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("{} is left behind", folder, e);
    }
  }
}
