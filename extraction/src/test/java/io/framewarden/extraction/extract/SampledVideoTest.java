package io.framewarden.extraction.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.ffmpeg.DecodeOptions;
import io.framewarden.extraction.ffmpeg.DecodedFrame;
import io.framewarden.extraction.ffmpeg.VideoException;
import io.framewarden.extraction.ffmpeg.VideoReader;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.testkit.video.VideoFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Skipping frames in the decoder never changes the sampled frames. */
@Tag("slow")
final class SampledVideoTest {
  private static final DecodeOptions OPTIONS = DecodeOptions.defaults();
  private static final VideoFormat WITH_B_FRAMES = VideoFormat.mpeg4().withBFrames(2);
  private static final SamplingPolicy ODD = new SamplingPolicy(2.9, 0);

  @TempDir Path folder;

  /** What is compared of a sampled frame. */
  private record Sample(long frameIndex, long ptsUs, GrayImage luma) {}

  /** All that was read of a video. */
  private record Read(
      List<Sample> frames, long count, long endUs, boolean truncated, long skipped) {
    void assertLike(Read other) {
      assertEquals(other.frames, frames);
      assertEquals(other.count, count);
      assertEquals(other.endUs, endUs);
      assertEquals(other.truncated, truncated);
    }
  }

  @Test
  void framesThatNoOtherReferencesAreSkipped() throws Exception {
    Path file = video("b.mp4", WITH_B_FRAMES);
    Read read = read(file, ODD);
    read.assertLike(plain(file, ODD));
    assertEquals(12, read.frames.size());
    assertTrue(read.frames.stream().anyMatch(each -> each.frameIndex() % 3 != 0));
    assertTrue(read.skipped > 50, "skipped " + read.skipped);
  }

  @Test
  void onlyKeyFramesAreDecodedWhereOnlySuchAreSampled() throws Exception {
    SamplingPolicy everySecond = new SamplingPolicy(1, 0);
    Path file = video("key.mkv", VideoFormat.mpeg4());
    Read read = read(file, everySecond);
    read.assertLike(plain(file, everySecond));
    assertEquals(4, read.frames.size());
    // The last frame says where the video ends.
    assertTrue(read.skipped >= 94, "skipped " + read.skipped);
  }

  @Test
  void aDamagedVideoIsDecodedInFullFromTheBeginning() throws Exception {
    byte[] bytes = Files.readAllBytes(video("b.mp4", WITH_B_FRAMES));
    int changed = 0;
    for (int at = bytes.length / 4; at < bytes.length * 3 / 4; at += bytes.length / 50) {
      byte[] damaged = bytes.clone();
      for (int i = 0; i < 40; i++) {
        damaged[at + i] ^= 0x55;
      }
      Path file = Files.write(folder.resolve("damaged.mp4"), damaged);
      Optional<Read> wanted = unlessUnreadable(() -> plain(file, ODD));
      Optional<Read> read = unlessUnreadable(() -> read(file, ODD));
      assertEquals(wanted.map(Read::frames), read.map(Read::frames), "damaged at " + at);
      changed += read.isPresent() && read.get().skipped == 0 ? 1 : 0;
    }
    assertNotEquals(0, changed, "some damage ends the plan");
  }

  @Test
  void aTruncatedFileGivesTheSameFrames() throws Exception {
    byte[] bytes = Files.readAllBytes(video("b.mkv", WITH_B_FRAMES));
    Path file = Files.write(folder.resolve("cut.mkv"), Arrays.copyOf(bytes, bytes.length / 2));
    read(file, ODD).assertLike(plain(file, ODD));
  }

  @Test
  void nothingIsSkippedWhereTooLittleIsKnownOrTooManyAreSampled() throws Exception {
    for (Path file :
        List.of(
            video("t.ts", WITH_B_FRAMES), video("f.mkv", VideoFormat.lossless("yuv420p", false)))) {
      Read read = read(file, ODD);
      assertEquals(0, read.skipped);
      read.assertLike(plain(file, ODD));
    }
    Path file = video("b.mp4", WITH_B_FRAMES);
    assertEquals(0, read(file, SamplingPolicy.all()).skipped);
    assertEquals(0, read(file, new SamplingPolicy(15, 0)).skipped);
  }

  @Test
  void realClipsGiveTheSameFrames() throws Exception {
    Path clips = Path.of(System.getProperty("framewarden.shared", "../../shared"), "media", "real");
    assumeTrue(Files.isDirectory(clips), "there is no " + clips);
    long skipped = 0;
    try (Stream<Path> files = Files.list(clips)) {
      for (Path file : files.sorted().toList()) {
        Read read = read(file, ODD);
        read.assertLike(plain(file, ODD));
        skipped += read.skipped;
      }
    }
    assertFalse(skipped == 0, "some of them have frames that can be skipped");
  }

  private Path video(String name, VideoFormat format) throws Exception {
    return SyntheticVideo.drawnFaces(folder.resolve(name), format, 160, 120, 25, 4, 1);
  }

  private static Optional<Read> unlessUnreadable(Callable<Read> reading) throws Exception {
    try {
      return Optional.of(reading.call());
    } catch (VideoException e) {
      return Optional.empty();
    }
  }

  private static Read read(Path file, SamplingPolicy policy) throws Exception {
    List<Sample> frames = new ArrayList<>();
    try (SampledVideo video =
        SampledVideo.open(file, VideoReader.DEFAULT_STREAM, OPTIONS, policy)) {
      Optional<DecodedFrame> next = video.next();
      while (next.isPresent()) {
        frames.add(sample(next.get()));
        next = video.next();
      }
      assertEquals(frames.size(), video.sampledFrames());
      return read(video.reader(), frames);
    }
  }

  private static Read plain(Path file, SamplingPolicy policy) throws Exception {
    List<Sample> frames = new ArrayList<>();
    try (VideoReader reader = VideoReader.open(file, OPTIONS)) {
      FrameSampler sampler = policy.sampler(reader.probe().durationUs());
      Optional<DecodedFrame> next = reader.next();
      while (next.isPresent()) {
        if (sampler.accept(next.get().ptsUs())) {
          frames.add(sample(next.get()));
        }
        next = reader.next();
      }
      return read(reader, frames);
    }
  }

  private static Read read(VideoReader reader, List<Sample> frames) throws VideoException {
    return new Read(
        frames,
        reader.frames(),
        reader.endUs(),
        reader.report().getTruncated(),
        reader.skippedFrames());
  }

  private static Sample sample(DecodedFrame frame) throws Exception {
    return new Sample(frame.frameIndex(), frame.ptsUs(), frame.luma());
  }
}
