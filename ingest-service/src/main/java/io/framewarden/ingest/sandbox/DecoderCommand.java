package io.framewarden.ingest.sandbox;

import io.framewarden.extraction.face.FaceDetectorConfig;
import io.framewarden.extraction.face.onnx.OnnxNatives;
import io.framewarden.extraction.ffmpeg.DecodeOptions;
import io.framewarden.extraction.ffmpeg.HardwareDecoder;
import io.framewarden.runtime.process.FileView;
import io.framewarden.runtime.process.JavaCommand;
import io.framewarden.runtime.process.NativeLibraries;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The command line and the environment of a decoder. */
final class DecoderCommand {
  private static final String NATIVES = NativeLibraries.JAVACPP_CACHE;
  private static final long MEBI = 1 << 20;

  /** Everything of Java's but frames. */
  private static final long BASE_HEAP = 128 * MEBI;

  /**
   * Frames of one byte a pixel and full size that are in use at the same time where each is
   * searched: two between decoder and sink, one being turned, halved copies of one.
   */
  private static final int FRAMES = 4;

  /** A search's memory over the frame that it searches: reduced copies and a network's input. */
  private static final long SEARCH = 20;

  /**
   * Open files. Each jar of the class path is one, those that jars' manifests name too: some
   * hundreds before the first video.
   */
  static final int DESCRIPTORS = 1024;

  /**
   * No secret of ours; UTF-8 for file names; few arenas, since each reserves address space; no
   * reports of ONNX Runtime to its makers, for which it opens a file of a predictable name.
   */
  static final Map<String, String> ENVIRONMENT =
      Map.of(
          "PATH", "/usr/bin:/bin",
          "LC_ALL", "C.UTF-8",
          "MALLOC_ARENA_MAX", "2",
          "ORT_DISABLE_TELEMETRY", "1");

  private DecoderCommand() {}

  /**
   * A JVM that reserves little, so that the address space is left to the decoder.
   *
   * @param scratch the child's own folder for temporary files
   */
  static List<String> of(
      Class<?> main, DecodeOptions decoding, FaceDetectorConfig detector, Path scratch) {
    List<String> flags = new ArrayList<>();
    flags.add("-Xmx" + heap(decoding, detector) / MEBI + "m");
    flags.add("-Xms96m");
    // Room for the frames that are in work: in less, each of them ends in a full collection.
    flags.add("-Xmn48m");
    flags.add("-Xss512k");
    flags.add("-XX:+UseSerialGC");
    flags.add("-XX:ReservedCodeCacheSize=64m");
    flags.add("-XX:CompressedClassSpaceSize=48m");
    flags.add("-XX:MaxMetaspaceSize=128m");
    flags.add("-XX:+ExitOnOutOfMemoryError");
    flags.add("-XX:-UsePerfData"); // would write a file
    flags.add("-XX:-CreateCoredumpOnCrash");
    flags.add("-XX:ErrorFile=/dev/null");
    flags.add("-XX:+DisableAttachMechanism");
    flags.add("-Dframewarden.library.log.level=ERROR");
    flags.add("-Djava.io.tmpdir=" + scratch);
    flags.add("-Djna.tmpdir=" + scratch);
    // Where the child cannot see how many processors its container may use.
    flags.add("-XX:ActiveProcessorCount=" + Runtime.getRuntime().availableProcessors());
    flags.add("-D" + NATIVES + "=" + natives());
    OnnxNatives.folder().ifPresent(folder -> flags.add("-D" + OnnxNatives.FOLDER + "=" + folder));
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith("org.bytedeco.") && !name.equals(NATIVES))
        .sorted()
        .forEach(name -> flags.add("-D" + name + "=" + System.getProperty(name)));
    return JavaCommand.of(main, flags, List.of());
  }

  /** What such a process sees beside Java, its folders and the shared memory. */
  static FileView view(DecodeOptions decoding, FaceDetectorConfig detector) throws IOException {
    Set<Path> readable = new HashSet<>();
    Set<Path> devices = new HashSet<>();
    OnnxNatives.folder().map(Path::of).ifPresent(readable::add);
    if (detector.model() != null) {
      readable.add(detector.model());
    }
    Path natives = Files.createDirectories(natives());
    readable.addAll(list(natives, "*.jar"));
    if (decoding.hardware() != HardwareDecoder.NONE) {
      devices.addAll(list(Path.of("/dev"), "nvidia*"));
    }
    return new FileView(readable, devices, Set.of(natives));
  }

  private static List<Path> list(Path folder, String names) throws IOException {
    List<Path> all = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, names)) {
      found.forEach(all::add);
    }
    return all;
  }

  private static long heap(DecodeOptions decoding, FaceDetectorConfig detector) {
    long frames = (FRAMES - 1 + detector.search().every()) * decoding.limits().maxPixels();
    long searched = Math.min(decoding.limits().maxPixels(), square(detector.longSide()));
    return BASE_HEAP + frames + Math.max(1, detector.search().threads()) * SEARCH * searched;
  }

  private static long square(long side) {
    return side * side;
  }

  /**
   * Where natives are unpacked once for all children, and for us; a child may see itself as another
   * user, so it is told.
   */
  static Path natives() {
    NativeLibraries.prepare();
    return Path.of(System.getProperty(NATIVES)).toAbsolutePath();
  }
}
