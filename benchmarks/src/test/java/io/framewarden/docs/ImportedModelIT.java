package io.framewarden.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.testkit.video.SyntheticVideo;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else's network, imported, judges a video. */
@Timeout(300)
class ImportedModelIT {
  private static final Path NET =
      Repository.root().resolve("trainer/src/test/resources/foreign/torch-net.onnx");

  @TempDir Path folder;

  @Test
  void aVideoIsJudgedByAnImportedNetworkOnFacesAsItTakesThem() throws Exception {
    Path clip = SyntheticVideo.drawnFace(folder.resolve("clip.mp4"), 640, 480, 25, 2);
    Path artifact = folder.resolve("theirs");
    try (CommandServer commands = new CommandServer(folder, Map.of())) {
      run(
          commands,
          "model import %s --out %s --name theirs --model-version 7 --input bgr --mean 0.5 --std 0.5"
                  .formatted(NET, artifact)
              + " --output softmax:0 --crop box:1.3");
      String json = run(commands, "moderate %s --model %s --json".formatted(clip, artifact)).out();

      JsonNode verdict = new ObjectMapper().readTree(json).path("verdict");
      assertEquals("FINAL", verdict.path("status").asText(), json);
      JsonNode completeness = verdict.path("completeness");
      assertTrue(completeness.path("scored").asInt() > 4, json);
      assertEquals(
          completeness.path("expected").asInt(), completeness.path("scored").asInt(), json);
      assertEquals("FAILURE_REASON_UNSPECIFIED", verdict.path("failure").asText(), json);
      ModelArtifact model = ModelArtifact.open(artifact);
      JsonNode provenance = verdict.path("provenance");
      assertEquals(model.digest(), provenance.path("modelDigests").path(0).asText(), json);
      assertEquals("7", provenance.path("modelVersions").path(0).asText(), json);
      assertFalse(provenance.path("extractionMismatch").asBoolean(), json);
      assertEquals(
          model.manifest().extractionDigest(), provenance.path("extractionDigest").asText(), json);
      BufferedImage evidence = evidence(verdict);
      assertEquals(3, evidence.getRaster().getNumBands());
    }
  }

  /** The first face that a verdict shows. */
  private static BufferedImage evidence(JsonNode verdict) throws Exception {
    JsonNode jpeg = verdict.findValue("jpeg");
    assertTrue(jpeg != null, verdict.toString());
    return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(jpeg.asText())));
  }

  private static CommandServer.Response run(CommandServer commands, String line) throws Exception {
    CommandServer.Response response = commands.run(List.of(line.split(" ")));
    assertEquals(0, response.status(), line + ": " + response.err());
    return response;
  }
}
