package io.framewarden.extraction.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.framewarden.extraction.face.GrayImage;
import io.framewarden.testkit.video.Remux;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.testkit.video.VideoFormat;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How frames are shown can change in the middle of a stream. */
class FrameShapeChangeTest {
  private static final VideoFormat H264 = VideoFormat.mpeg4().withEncoder("libopenh264", "yuv420p");
  private static final int FRAMES = 10;

  @TempDir Path folder;

  @Test
  void pixelsThatBecomeNarrowAreScaledFromThere() throws Exception {
    Path file = join(video("a.ts", H264, 320, 240), video("b.ts", H264.withPixels(1, 2), 320, 240));
    assertEquals(sizes("320x240", "160x240"), sizes(file));
  }

  @Test
  void framesThatAreTurnedInTheMiddleAreMadeUprightFromThere() throws Exception {
    Path turned =
        new Remux()
            .stream(video("b.ts", H264, 320, 240))
                .filter("h264_metadata=display_orientation=insert:rotate=90")
                .write(folder.resolve("turned.ts"));
    Path file = join(video("a.ts", H264, 320, 240), turned);
    List<String> sizes = sizes(file);
    assertEquals(2 * FRAMES, sizes.size());
    // FFmpeg tells of it a frame late.
    assertEquals(Collections.nCopies(FRAMES - 1, "240x320"), sizes.subList(FRAMES + 1, 2 * FRAMES));
    assertEquals(Collections.nCopies(FRAMES, "320x240"), sizes.subList(0, FRAMES));
  }

  @Test
  void framesOfAnotherSizeKeepIt() throws Exception {
    Path file = join(video("a.ts", H264, 320, 240), video("b.ts", H264, 480, 320));
    assertEquals(sizes("320x240", "480x320"), sizes(file));
  }

  private static List<String> sizes(String first, String second) {
    List<String> sizes = new ArrayList<>();
    for (int i = 0; i < 2 * FRAMES; i++) {
      sizes.add(i < FRAMES ? first : second);
    }
    return sizes;
  }

  private static List<String> sizes(Path file) throws Exception {
    List<String> sizes = new ArrayList<>();
    try (VideoReader reader = VideoReader.open(file, DecodeOptions.defaults())) {
      Optional<DecodedFrame> frame = reader.next();
      while (frame.isPresent()) {
        GrayImage luma = frame.get().luma();
        sizes.add(luma.width() + "x" + luma.height());
        frame = reader.next();
      }
    }
    return sizes;
  }

  private Path video(String name, VideoFormat format, int width, int height) throws Exception {
    return SyntheticVideo.frames(
        folder.resolve(name),
        format,
        width,
        height,
        25,
        FRAMES,
        index -> SyntheticVideo.faceFrame(width, height, index / 25.0, 1, index));
  }

  private Path join(Path first, Path second) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(Files.readAllBytes(first));
    bytes.write(Files.readAllBytes(second));
    return Files.write(folder.resolve("joined.ts"), bytes.toByteArray());
  }
}
