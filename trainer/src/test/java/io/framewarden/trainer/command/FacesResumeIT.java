package io.framewarden.trainer.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.testkit.CommandRun;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.trainer.archive.FaceArchiveReader;
import io.framewarden.trainer.archive.FaceArchiveWriter;
import io.framewarden.v1.ArchivedFace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class FacesResumeIT {
  private static final int VIDEOS = 8;
  private static final int ENOUGH_BYTES = 60_000;

  @TempDir Path folder;

  @Test
  void anExportThatWasKilledGoesOnToTheSameFaces() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data/real"));
    for (int i = 0; i < VIDEOS; i++) {
      SyntheticVideo.drawnFace(data.resolve("v" + i + ".mp4"), 320, 240, 25, 1);
    }
    Files.writeString(data.resolve("v00.mp4"), "no video");
    Path whole = folder.resolve("whole.fwa");
    CommandRun uninterrupted = CommandRun.of(TrainerMain::run, faces(whole));
    assertEquals(3, uninterrupted.status(), uninterrupted.err());

    Path out = folder.resolve("killed.fwa");
    kill(out);
    assertFalse(Files.exists(out));
    CommandRun refused = CommandRun.of(TrainerMain::run, faces(out));
    assertTrue(refused.err().contains("--resume"), refused.err());
    CommandRun resumed = CommandRun.of(TrainerMain::run, with(faces(out), "--resume"));
    assertEquals(uninterrupted, resumed);
    assertEquals(read(whole), read(out));
  }

  /** Starts an export in a process of its own and kills it as soon as some faces are written. */
  private void kill(Path out) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                TrainerMain.class.getName()));
    command.addAll(List.of(faces(out)));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Path part = FaceArchiveWriter.partFile(out);
    while (!(Files.exists(part) && Files.size(part) > ENOUGH_BYTES)) {
      assertFalse(process.waitFor(5, TimeUnit.MILLISECONDS), "the export ended by itself");
    }
    process.destroyForcibly().waitFor();
  }

  private String[] faces(Path out) {
    return new String[] {
      "faces", folder.resolve("data").toString(), "--out", out.toString(), "--sampling", "all"
    };
  }

  private static String[] with(String[] arguments, String more) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add(more);
    return all.toArray(String[]::new);
  }

  private static List<ArchivedFace> read(Path archive) throws IOException {
    List<ArchivedFace> faces = new ArrayList<>();
    try (FaceArchiveReader reader = new FaceArchiveReader(archive)) {
      for (Optional<ArchivedFace> f = reader.next(); f.isPresent(); f = reader.next()) {
        faces.add(f.get());
      }
    }
    return faces;
  }
}
