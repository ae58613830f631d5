package io.framewarden.standalone.command.moderate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.framewarden.standalone.FramewardenMain;
import io.framewarden.testkit.CommandRun;
import io.framewarden.testkit.video.SyntheticVideo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command on a real broker, real FFmpeg and the model that comes with the project. */
@Timeout(240)
class ModerateIT {
  @TempDir Path folder;

  @Test
  void judgesGoodFilesAndRefusesTheBadOnesBesideThem() throws Exception {
    Path face = SyntheticVideo.drawnFace(folder.resolve("face.mp4"), 640, 480, 25, 4);
    Path empty = Files.createFile(folder.resolve("empty.mp4"));
    Path text = write("text.mp4", "this is no video\n".repeat(300));
    Path png = Files.write(folder.resolve("image.mp4"), png());
    Path hls = write("hls.mp4", "#EXTM3U\n#EXTINF:10,\nfile://" + face + "\n");
    Path concat = write("concat.mp4", "ffconcat version 1.0\nfile '" + face + "'\n");
    Path room = SyntheticVideo.emptyRoom(folder.resolve("room.mp4"), 320, 240, 25, 2);
    Path cut = cut(face, folder.resolve("cut.mp4"));

    CommandRun answer =
        CommandRun.of(
            FramewardenMain::run,
            "moderate",
            "--json",
            face.toString(),
            empty.toString(),
            text.toString(),
            png.toString(),
            hls.toString(),
            concat.toString(),
            room.toString(),
            cut.toString(),
            folder.resolve("missing.mp4").toString());

    assertEquals(3, answer.status(), answer.err());
    List<JsonNode> lines = answer.lines();
    assertEquals(9, lines.size());
    assertJudged(lines.get(0), face);
    assertRefused(lines.get(1), empty, "EMPTY_INPUT");
    assertRefused(lines.get(2), text, "NOT_A_VIDEO");
    assertRefused(lines.get(3), png, "STILL_IMAGE");
    assertRefused(lines.get(4), hls, "PLAYLIST");
    assertRefused(lines.get(5), concat, "PLAYLIST");
    assertEquals("NO_FACE", lines.get(6).at("/verdict/label").asText());
    assertEquals("UNDECODABLE", lines.get(7).at("/verdict/label").asText());
    assertFalse(lines.get(7).at("/verdict/reason").asText().isEmpty());
    assertRefused(lines.get(8), folder.resolve("missing.mp4"), "SOURCE_MISSING");
    assertFalse(answer.err().contains("\tat "), answer.err());
  }

  @Test
  void printsATableAndEndsWithZeroWhenEachFileHasAVerdict() throws Exception {
    Path face = SyntheticVideo.drawnFace(folder.resolve("face.mkv"), 640, 480, 25, 3);
    CommandRun answer = CommandRun.of(FramewardenMain::run, "moderate", face.toString());
    assertEquals(0, answer.status(), answer.err());
    assertTrue(answer.out().startsWith("FILE"), answer.out());
    assertTrue(answer.out().contains(face.toString()), answer.out());
    String header = answer.out().lines().findFirst().orElseThrow();
    assertTrue(header.contains("TRACKS  SAMPLED  LENGTH"), answer.out());
    assertTrue(answer.out().contains("/75 "), answer.out());
  }

  private static void assertJudged(JsonNode line, Path file) {
    assertEquals(file.toString(), line.get("file").asText());
    JsonNode verdict = line.get("verdict");
    assertEquals("FINAL", verdict.get("status").asText());
    assertTrue(verdict.get("probability").isNumber());
    assertEquals(1, verdict.get("tracks").size());
    assertTrue(verdict.at("/completeness/expected").asInt() >= 30, verdict.toPrettyString());
    assertEquals(
        verdict.at("/completeness/expected").asInt(), verdict.at("/completeness/scored").asInt());
    assertEquals(0, verdict.at("/completeness/missing").asInt(-1));
    for (String digest : List.of("contentSha256", "extractionDigest", "policyDigest")) {
      assertEquals(64, verdict.at("/provenance/" + digest).asText().length(), digest);
    }
    assertEquals(64, verdict.at("/provenance/modelDigests/0").asText().length());
    assertFalse(verdict.at("/provenance/extractionMismatch").asBoolean());
  }

  private static void assertRefused(JsonNode line, Path file, String reason) {
    assertEquals(file.toString(), line.get("file").asText());
    assertEquals(reason, line.at("/refused/reason").asText(), line.toString());
    assertFalse(line.at("/refused/message").asText().isEmpty());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  /** The header of a video without its frames. */
  private static Path cut(Path video, Path target) throws IOException {
    byte[] bytes = Files.readAllBytes(video);
    return Files.write(target, java.util.Arrays.copyOf(bytes, 2_000));
  }

  private static byte[] png() {
    return HexFormat.of()
        .parseHex(
            "89504e470d0a1a0a0000000d494844520000000100000001080600000"
                + "01f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082");
  }
}
