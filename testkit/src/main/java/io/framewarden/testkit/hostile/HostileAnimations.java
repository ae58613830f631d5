package io.framewarden.testkit.hostile;

import io.framewarden.testkit.video.AnimatedPng;
import io.framewarden.testkit.video.GifBytes;
import io.framewarden.v1.FailureReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The animated images of the malicious set. Stateless. */
final class HostileAnimations {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 48;

  private HostileAnimations() {}

  /** Writes them into a folder and adds them to the set. */
  static void write(Path folder, List<HostileFile> set) throws IOException {
    GifBytes wide = new GifBytes(65_535, 65_535).delay(5).image(1, 1).delay(5).image(1, 1);
    set.add(file(folder.resolve("64k.gif"), FailureReason.TOO_MANY_PIXELS, wide.end()));
    // FFmpeg would decode the first image, and browsers show the others after it.
    GifBytes hidden = new GifBytes(WIDTH, HEIGHT).image(1, 1).image(1, 1);
    set.add(
        file(folder.resolve("no-delays.gif"), FailureReason.UNSUPPORTED_CONTAINER, hidden.end()));
    AnimatedPng large = new AnimatedPng(70_000, 70_000, 8, AnimatedPng.GRAY).animation(2);
    set.add(file(folder.resolve("70k.png"), FailureReason.TOO_MANY_PIXELS, large.end()));
    for (String type : List.of("iCCP", "zTXt")) {
      ByteArrayOutputStream bomb = new ByteArrayOutputStream();
      bomb.writeBytes("name\0\0".getBytes(StandardCharsets.US_ASCII));
      bomb.writeBytes(HostileFiles.deflate(HostileFiles.BOMB_BYTES));
      AnimatedPng png = new AnimatedPng(WIDTH, HEIGHT, 8, AnimatedPng.GRAY).animation(2);
      png.chunk(type, bomb.toByteArray()).frame(new byte[1], 10).frame(new byte[1], 10);
      Path path = folder.resolve(type + "-bomb.png");
      set.add(file(path, FailureReason.UNSUPPORTED_CONTAINER, png.end()));
    }
  }

  private static HostileFile file(Path path, FailureReason expected, byte[] content)
      throws IOException {
    return new HostileFile(Files.write(path, content), expected, false);
  }
}
