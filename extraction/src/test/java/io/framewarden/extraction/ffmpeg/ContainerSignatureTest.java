package io.framewarden.extraction.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.testkit.video.VideoFormat;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ContainerSignatureTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "mp4, mpeg4, MP4",
    "mov, mpeg4, MP4",
    "mkv, mpeg4, MATROSKA",
    "avi, mpeg4, AVI",
    "ts, mpeg4, MPEG_TS",
    "flv, flv, FLV",
    "mpg, mpeg2video, MPEG_PS"
  })
  void everyAdmittedContainerIsRecognised(
      String ending, String encoder, ContainerSignature expected) throws Exception {
    Path file =
        SyntheticVideo.frames(
            folder.resolve("v." + ending),
            VideoFormat.mpeg4().withEncoder(encoder, "yuv420p").withTicksPerSecond(25),
            64,
            48,
            25,
            25,
            index -> SyntheticVideo.faceFrame(64, 48, index, 1, index));
    assertEquals(expected, ContainerSignature.of(file));
  }
}
