package io.framewarden.benchmarks.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.extraction.ffmpeg.DecodeOptions;
import io.framewarden.extraction.ffmpeg.VideoReader;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.testkit.video.VideoFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TimeFieldsTest {
  private static final int FRAMES = 20;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(TimeField.Form.class)
  void anyNumberIsReadAsItWasWritten(TimeField.Form form) {
    SplittableRandom random = new SplittableRandom(1);
    TimeField field = new TimeField(2, form);
    for (int i = 0; i < 100; i++) {
      byte[] file = new byte[10];
      long time = random.nextLong(form.max());
      field.set(file, time);
      assertEquals(time, field.get(file));
      assertArrayEquals(new byte[2], new byte[] {file[0], file[1]});
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ts, mpeg2video, 25",
    "mpg, mpeg1video, 1",
    "flv, flv, 20",
    "mkv, mpeg4, 20",
    "gif, gif, 20",
    "apng, apng, 40",
    "mp4, mpeg4, 1"
  })
  void theTimesOfAVideoAreFound(String ending, String encoder, int least) throws Exception {
    assertTrue(TimeFields.in(video(ending, encoder)).size() >= least);
  }

  @ParameterizedTest
  @CsvSource({"ts, mpeg2video", "flv, flv"})
  void aClockThatStartsAnewIsSeenByTheReader(String ending, String encoder) throws Exception {
    byte[] file = video(ending, encoder);
    assertEquals(0, jumps(file));
    List<TimeField> times = TimeFields.in(file);
    ClockChange.RESTART.apply(file, times, times.size() / 2, new SplittableRandom(1));
    assertTrue(jumps(file) > 0);
  }

  @Test
  void aFileWithoutTimesStaysAsItIs() {
    byte[] zeros = new byte[100];
    assertArrayEquals(zeros, ClockChange.any(zeros, new SplittableRandom(1)));
  }

  private byte[] video(String ending, String encoder) throws Exception {
    Path file = folder.resolve("video." + ending);
    String pixels = ending.equals("gif") || ending.equals("apng") ? "gray" : "yuv420p";
    VideoFormat format = VideoFormat.mpeg4().withEncoder(encoder, pixels).withTicksPerSecond(25);
    SyntheticVideo.frames(file, format, 64, 48, 25, FRAMES, index -> frame(index));
    return Files.readAllBytes(file);
  }

  /** No two are alike: encoders of images write a frame again only where it has changed. */
  private static byte[] frame(int index) {
    byte[] gray = new byte[64 * 48];
    Arrays.fill(gray, (byte) (16 + 8 * index));
    return gray;
  }

  private int jumps(byte[] content) throws Exception {
    Path file = Files.write(folder.resolve("changed"), content);
    try (VideoReader reader = VideoReader.open(file, DecodeOptions.defaults())) {
      int frames = 0;
      while (reader.next().isPresent()) {
        frames++;
      }
      assertTrue(frames > FRAMES / 2, "frames that are read");
      return reader.report().getTimestampJumps();
    }
  }
}
