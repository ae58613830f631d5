package io.framewarden.ingest.http;

import static io.framewarden.ingest.http.ApiServer.json;
import static io.framewarden.ingest.http.ApiServer.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.framewarden.ingest.access.AccessConfig;
import io.framewarden.ingest.access.Role;
import io.framewarden.ingest.access.TokenFile;
import io.framewarden.v1.AutomationLevel;
import io.framewarden.v1.CallerReference;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictLabel;
import io.framewarden.v1.VerdictStatus;
import io.framewarden.v1.VideoMarker;
import io.framewarden.v1.VideoUpload;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists of videos: which, in what order, page by page, for whom. */
@Timeout(60)
@Tag("slow")
class VideoListTest {

  @TempDir Path folder;
  private String[] site;
  private String[] other;
  private String[] moderator;
  private ApiServer api;

  @BeforeEach
  void listen() throws Exception {
    TokenFile tokens = new TokenFile(folder.resolve("tokens.json"));
    site = bearer(tokens.create("site", Role.UPLOADER));
    other = bearer(tokens.create("other", Role.UPLOADER));
    moderator = bearer(tokens.create("mo", Role.MODERATOR));
    api = new ApiServer(ApiServer.config(folder, new AccessConfig(tokens.path(), 0, 0)));
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void theNewestComesFirstWithWhatIsKnownOfIt() throws Exception {
    add("a", "site", "2026-01-01");
    add("c", "site", "2026-01-03");
    add("b", "other", "2026-01-02");
    decide("c", VerdictStatus.FINAL, VerdictLabel.FAKE);
    JsonNode list = json(api.get("/v1/videos", moderator));
    assertFalse(list.has("nextPageToken"), list.toString());
    assertEquals(List.of("c", "b", "a"), ids(list));
    JsonNode first = list.at("/videos/0");
    assertEquals("DECIDED", first.get("state").asText());
    assertEquals("c.mp4", first.at("/upload/fileName").asText());
    assertEquals("site", first.at("/upload/submitter").asText());
    assertEquals("2026-01-03T00:00:00Z", first.at("/upload/received").asText());
    assertEquals("order-c", first.at("/reference/externalId").asText());
    assertEquals("FINAL", first.at("/verdict/status").asText());
    assertEquals("FAKE", first.at("/verdict/label").asText());
    assertEquals(0.9, first.at("/verdict/probability").asDouble());
    assertEquals("HUMAN_REVIEW", first.at("/verdict/automation").asText());
    assertEquals(3, first.at("/verdict/revision").asInt());
    assertEquals("QUEUED", list.at("/videos/1/state").asText());
    assertFalse(list.at("/videos/1").has("verdict"));
  }

  @Test
  void anUploaderSeesItsOwnWhateverItAsksFor() throws Exception {
    add("a", "site", "2026-01-01");
    add("b", "other", "2026-01-02");
    assertEquals(List.of("a"), list("", site));
    assertEquals(List.of("b"), list("", other));
    assertEquals(List.of(), list("?submitter=other", site));
    assertEquals(List.of(), list("?external_id=order-b", site));
    assertEquals(List.of("b"), list("?external_id=order-b", moderator));
    assertEquals(List.of("a"), list("?submitter=site", moderator));
    assertEquals(401, api.get("/v1/videos").statusCode());
  }

  /** A page shows what its video's owner may see alone, and so does its token. */
  @Test
  void aTokenOfAPageTellsNothingOfOthers() throws Exception {
    add("mine-1", "site", "2026-01-01");
    add("theirs", "other", "2026-01-02");
    add("mine-2", "site", "2026-01-03");
    JsonNode page = json(api.get("/v1/videos?limit=1", site));
    assertEquals(List.of("mine-2"), ids(page));
    String token = page.get("nextPageToken").asText();
    assertEquals(List.of("mine-1"), list("?limit=1&page_token=" + token, site));
    String decoded = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    assertTrue(decoded.endsWith(" mine-2"), decoded);
  }

  @Test
  void uploadsBetweenPagesNeitherRepeatNorHideOthers() throws Exception {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      // Some at the same time.
      add("v%02d".formatted(i), "site", Instant.parse("2026-01-01T00:00:00Z").plusSeconds(i / 3));
      expected.add(0, "v%02d".formatted(i));
    }
    List<String> seen = new ArrayList<>();
    String token = "";
    do {
      JsonNode page = json(api.get("/v1/videos?limit=7&page_token=" + token, site));
      seen.addAll(ids(page));
      add(
          "new" + seen.size(),
          "site",
          Instant.parse("2026-02-01T00:00:00Z").plusSeconds(seen.size()));
      api.videos.deleted(seen.get(seen.size() - 1)); // the page goes on behind it all the same
      token = page.path("nextPageToken").asText();
    } while (!token.isEmpty());
    assertEquals(expected, seen);
  }

  @Test
  void filtersByVerdict() throws Exception {
    add("none", "site", "2026-01-01");
    add("fake", "site", "2026-01-02");
    add("real", "site", "2026-01-03");
    add("soon", "site", "2026-01-04");
    decide("fake", VerdictStatus.FINAL, VerdictLabel.FAKE);
    decide("real", VerdictStatus.FINAL, VerdictLabel.REAL);
    decide("soon", VerdictStatus.PROVISIONAL, VerdictLabel.FAKE);
    assertEquals(List.of("soon", "fake"), list("?label=FAKE", site));
    assertEquals(List.of("soon", "real", "fake"), list("?label=real,Fake", site));
    assertEquals(List.of("fake"), list("?label=FAKE&status=FINAL", site));
    assertEquals(List.of("none"), list("?status=NONE", site));
    assertEquals(List.of("soon", "none"), list("?status=none,provisional", site));
    assertEquals(List.of(), list("?status=NONE&label=FAKE", site));
    api.videos.extracted(VideoMarker.newBuilder().setVideoId("none").setAttempt(1).build());
    assertEquals(
        "SCORING", json(api.get("/v1/videos?status=NONE", site)).at("/videos/0/state").asText());
  }

  @Test
  void filtersByTimeOfReception() throws Exception {
    add("a", "site", "2026-01-01");
    add("b", "site", "2026-01-02");
    add("c", "site", "2026-01-03");
    assertEquals(List.of("c", "b"), list("?since=2026-01-02", site));
    assertEquals(List.of("a"), list("?until=2026-01-02", site));
    assertEquals(List.of("b"), list("?since=2026-01-01T00:00:00.000001Z&until=2026-01-03", site));
    assertEquals(List.of("a"), list("?since=2025-12-31T23:00:00-01:00&until=2026-01-02", site));
    assertEquals(List.of(), list("?since=2027-01-01", site));
    JsonNode page = json(api.get("/v1/videos?limit=1&until=2026-01-03", site));
    assertEquals(List.of("b"), ids(page));
    String next = page.get("nextPageToken").asText();
    assertEquals(List.of("a"), list("?until=2026-01-03&page_token=" + next, site));
  }

  @Test
  void whatIsDeletedIsNotListed() throws Exception {
    add("a", "site", "2026-01-01");
    add("b", "site", "2026-01-02");
    api.videos.deleted("b");
    assertEquals(List.of("a"), list("", site));
  }

  @Test
  void aPageIsFiftyAndNeverMoreThanFiveHundred() throws Exception {
    for (int i = 0; i < 1100; i++) {
      add("v" + i, "site", Instant.parse("2026-01-01T00:00:00Z").plusSeconds(i));
    }
    assertEquals(50, list("", site).size());
    JsonNode page = json(api.get("/v1/videos?limit=500", site));
    assertEquals("v1099", ids(page).get(0));
    assertEquals("v600", ids(page).get(499));
    JsonNode second =
        json(
            api.get("/v1/videos?limit=500&page_token=" + page.get("nextPageToken").asText(), site));
    assertEquals("v599", ids(second).get(0));
    assertEquals(List.of("v0"), list("?until=2026-01-01T00:00:01Z", site));
    assertEquals(List.of("v3"), list("?external_id=order-v3", site));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "label=FAKES | label must be of REAL, FAKE, UNCERTAIN, NO_FACE, UNDECODABLE, INCOMPLETE",
        "label=FAKE, | ",
        "status=DONE | status must be of NONE, PROVISIONAL, FINAL",
        "since=yesterday | since must be a day or a time of UTC, such as 2026-01-31",
        "until=2026-13-01 | until must be a day or a time of UTC",
        "until=%2B1000000000-01-01T00:00:00Z | until must be a day or a time of UTC",
        "limit=0 | limit must be a number from 1 to 500",
        "limit=501 | limit must be a number from 1 to 500",
        "limit=-1 | limit must be a number from 1 to 500",
        "limit=ten | limit must be a number from 1 to 500",
        "page_token=x | page_token must be the nextPageToken",
        "page_token=%%% | page_token must be the nextPageToken",
        "page_token=MTIz | page_token must be the nextPageToken",
        "limit=1&limit=2 | limit is given more than once",
        "labels=FAKE | there are external_id, label, limit, page_token, since, status, submitter",
      })
  void badParametersAreNamedWithWhatIsAllowed(String query, String problem) throws Exception {
    HttpResponse<String> answer =
        api.get("/v1/videos?" + query.replace("%%%", "%25%25"), moderator);
    if (problem == null) {
      assertEquals(200, answer.statusCode(), answer.body());
      return;
    }
    assertEquals(400, answer.statusCode(), answer.body());
    assertEquals("malformed-request", problem(answer));
    assertTrue(answer.body().contains(problem), answer.body());
  }

  @Test
  void headIsGetWithoutTheBody() throws Exception {
    add("a", "site", "2026-01-01");
    HttpResponse<String> head = api.send("HEAD", "/v1/videos", BodyPublishers.noBody(), site);
    assertEquals(200, head.statusCode());
    assertEquals("", head.body());
    assertEquals(
        400, api.send("HEAD", "/v1/videos?limit=0", BodyPublishers.noBody(), site).statusCode());
  }

  private List<String> list(String query, String[] token) throws Exception {
    HttpResponse<String> answer = api.get("/v1/videos" + query, token);
    assertEquals(200, answer.statusCode(), answer.body());
    return ids(json(answer));
  }

  private static List<String> ids(JsonNode list) {
    List<String> ids = new ArrayList<>();
    list.get("videos").forEach(video -> ids.add(video.get("id").asText()));
    return ids;
  }

  private void add(String id, String submitter, String day) {
    add(id, submitter, Instant.parse(day + "T00:00:00Z"));
  }

  private void add(String id, String submitter, Instant received) {
    api.videos.uploaded(
        VideoUpload.newBuilder()
            .setVideoId(id)
            .setSubmitter(submitter)
            .setFileName(id + ".mp4")
            .setContentSha256(id)
            .setReceivedTimeUs(received.getEpochSecond() * 1_000_000)
            .setReference(CallerReference.newBuilder().setExternalId("order-" + id))
            .build());
  }

  private void decide(String id, VerdictStatus status, VerdictLabel label) {
    api.verdicts.put(
        id,
        Verdict.newBuilder()
            .setVideoId(id)
            .setRevision(3)
            .setStatus(status)
            .setLabel(label)
            .setProbability(0.9)
            .setAutomation(AutomationLevel.HUMAN_REVIEW)
            .build());
  }

  private static String[] bearer(String secret) {
    return new String[] {"Authorization", "Bearer " + secret};
  }
}
