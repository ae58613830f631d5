package io.framewarden.extraction.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.extraction.face.GrayImage;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.testkit.video.VideoFormat;
import io.framewarden.testkit.video.VideoWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HardwareDecoderTest {
  private static final DecodeOptions NVDEC =
      new DecodeOptions(DecodeLimits.defaults(), 2, HardwareDecoder.NVDEC);

  @TempDir Path folder;

  @Test
  void withoutAGpuProcessorsDecodeAndSayWhy() throws Exception {
    Optional<String> problem = NVDEC.hardware().problem();
    Assumptions.assumeTrue(problem.isPresent(), "this machine has a GPU");
    Path file = h264();
    try (VideoReader reader = VideoReader.open(file, NVDEC)) {
      assertFalse(reader.isOnGpu());
      assertEquals(problem, reader.fallback());
      assertTrue(problem.get().contains("GPU"), problem.get());
    }
    assertEquals(frames(file, NVDEC.onCpu()), frames(file, NVDEC));
  }

  @Test
  void withAGpuTheFramesAreTheSame() throws Exception {
    Assumptions.assumeTrue(NVDEC.hardware().problem().isEmpty(), "this machine has no GPU");
    Path file = h264();
    try (VideoReader reader = VideoReader.open(file, NVDEC)) {
      assertTrue(reader.isOnGpu(), reader.fallback().toString());
    }
    assertEquals(frames(file, NVDEC.onCpu()), frames(file, NVDEC));
  }

  @Test
  void codecsThatDecodersNeedNotAgreeOnStayOnProcessors() throws Exception {
    Path file = SyntheticVideo.emptyRoom(folder.resolve("m.mp4"), 64, 48, 10, 1);
    try (VideoReader reader = VideoReader.open(file, NVDEC)) {
      assertFalse(reader.isOnGpu());
      assertTrue(reader.fallback().orElseThrow().startsWith("mpeg4 "));
    }
  }

  @Test
  void nobodyAsksForAGpuUnlessTold() throws Exception {
    assertEquals(Optional.empty(), HardwareDecoder.NONE.problem());
    try (VideoReader reader = VideoReader.open(h264(), DecodeOptions.defaults())) {
      assertEquals(Optional.empty(), reader.fallback());
    }
  }

  private Path h264() throws Exception {
    Assumptions.assumeTrue(VideoWriter.canEncode("libopenh264"), "no encoder of H.264");
    VideoFormat format = VideoFormat.mpeg4().withEncoder("libopenh264", "yuv420p");
    return SyntheticVideo.drawnFaces(folder.resolve("h.mp4"), format, 320, 240, 25, 1, 1);
  }

  private static List<GrayImage> frames(Path file, DecodeOptions options) throws Exception {
    List<GrayImage> frames = new ArrayList<>();
    try (VideoReader reader = VideoReader.open(file, options)) {
      Optional<DecodedFrame> next = reader.next();
      while (next.isPresent()) {
        frames.add(next.get().luma());
        next = reader.next();
      }
    }
    return frames;
  }
}
