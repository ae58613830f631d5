package io.framewarden.detector.engine.tensorrt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorrt.nvinfer.IBuilderConfig;
import org.bytedeco.tensorrt.nvinfer.IHostMemory;
import org.bytedeco.tensorrt.nvinfer.ITimingCache;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the builder has measured so far, kept in a file: the second bucket of a model builds faster
 * than the first. TensorRT itself refuses measurements of another device or version.
 */
final class TimingCache {
  private static final Logger LOG = LoggerFactory.getLogger(TimingCache.class);

  private final IBuilderConfig config;
  private final Path file;
  private final NativeResources natives;

  private TimingCache(IBuilderConfig config, Path file, NativeResources natives) {
    this.config = config;
    this.file = file;
    this.natives = natives;
  }

  /** Gives a build the file's measurements; without usable ones the build measures by itself. */
  static TimingCache attach(IBuilderConfig config, Path file, NativeResources natives)
      throws IOException {
    byte[] kept = Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
    if (kept.length == 0 || !set(config, kept, natives)) {
      set(config, new byte[0], natives);
    }
    return new TimingCache(config, file, natives);
  }

  private static boolean set(IBuilderConfig config, byte[] bytes, NativeResources natives) {
    try (Pointer blob = bytes.length == 0 ? new Pointer() : new BytePointer(bytes)) {
      ITimingCache cache =
          natives.own(config.createTimingCache(blob, bytes.length), made -> {}, "a timing cache");
      return config.setTimingCache(cache, false);
    }
  }

  /** Keeps what the build has measured. A cache that cannot be kept costs time, not the plan. */
  void save() {
    IHostMemory bytes =
        natives.own(
            config.getTimingCache().serialize(), IHostMemory::destroy, "its timing cache's bytes");
    try {
      Path fresh = Files.createTempFile(file.getParent(), "new-", ".timing");
      try {
        Files.delete(fresh);
        NativeBuffers.write(bytes, fresh);
        Files.move(
            fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      LOG.warn("the timing cache {} is not kept: {}", file, e.toString());
    }
  }
}
