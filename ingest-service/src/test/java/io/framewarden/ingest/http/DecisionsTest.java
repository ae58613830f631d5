package io.framewarden.ingest.http;

import static io.framewarden.ingest.http.ApiServer.json;
import static io.framewarden.ingest.http.ApiServer.problem;
import static io.framewarden.ingest.http.ApiServer.video;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.framewarden.ingest.access.AccessConfig;
import io.framewarden.ingest.access.Role;
import io.framewarden.ingest.access.TokenFile;
import io.framewarden.v1.Outcome;
import io.framewarden.v1.TrackVerdict;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictLabel;
import io.framewarden.v1.VerdictStatus;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Decisions by HTTP: who may make them, on what, and what becomes of them. */
@Timeout(60)
@Tag("slow")
class DecisionsTest {
  private static final String REAL = "{'outcome': 'OVERTURNED', 'label': 'REAL'}";

  @TempDir Path folder;
  private String[] site;
  private String[] other;
  private String[] moderator;
  private String[] admin;
  private ApiServer api;
  private String video;

  @BeforeEach
  void listen() throws Exception {
    TokenFile tokens = new TokenFile(folder.resolve("tokens.json"));
    site = bearer(tokens.create("site", Role.UPLOADER));
    other = bearer(tokens.create("other", Role.UPLOADER));
    moderator = bearer(tokens.create("mo", Role.MODERATOR));
    admin = bearer(tokens.create("root", Role.ADMIN));
    api = new ApiServer(ApiServer.config(folder, new AccessConfig(tokens.path(), 0, 0)));
    HttpResponse<String> accepted = api.post("/v1/videos", video(1000, 1), site);
    video = accepted.headers().firstValue("Location").orElseThrow();
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void aDecisionIsRecordedAndShownToAllWhoSeeTheVideo() throws Exception {
    judge(2);
    assertFalse(json(api.get(video, site)).has("decision"));
    Instant before = Instant.now();
    HttpResponse<String> made =
        decide(
            "{'outcome': 'OVERTURNED', 'label': 'REAL', 'revision': 2, 'note': 'dubbed',"
                + " 'tracks': [{'trackId': 7, 'outcome': 'UPHELD'}], 'moderator': 'Ann'}",
            moderator);
    assertEquals(201, made.statusCode(), made.body());
    JsonNode decision = json(made);
    assertEquals("OVERTURNED", decision.get("outcome").asText());
    assertEquals("REAL", decision.get("label").asText());
    assertEquals(2, decision.get("revision").asInt());
    assertEquals("FAKE", decision.at("/tracks/0/label").asText());
    assertEquals("dubbed", decision.get("note").asText());
    assertEquals("Ann", decision.get("moderator").asText());
    Instant decided = Instant.parse(decision.get("decided").asText());
    assertTrue(Duration.between(before, decided).abs().toSeconds() < 60, decided.toString());
    assertEquals(decision, json(api.get(video, site)).get("decision"));
    assertEquals(decision, json(api.post("/v1/videos", video(1000, 1), site)).get("decision"));
    assertEquals(
        1.0,
        api.registry.getSampleValue(
            "framewarden_decisions_total", new String[] {"outcome"}, new String[] {"overturned"}));
  }

  @Test
  void theLatestDecisionCounts() throws Exception {
    judge(1);
    assertEquals(201, decide(REAL, moderator).statusCode());
    assertEquals(201, decide("{'outcome': 'upheld'}", admin).statusCode());
    assertEquals(
        List.of(Outcome.OVERTURNED, Outcome.UPHELD),
        api.decisions.all.stream().map(decision -> decision.getOutcome()).toList());
    JsonNode shown = json(api.get(video, moderator)).get("decision");
    assertEquals("UPHELD", shown.get("outcome").asText());
    assertEquals("root", shown.get("moderator").asText(), "the token's name");
  }

  @Test
  void moderatorsAndAdminsDecideAndNobodyElse() throws Exception {
    judge(1);
    assertEquals("unauthenticated", problem(decide(REAL)));
    assertEquals("forbidden", problem(decide(REAL, site)));
    assertEquals("unknown-video", problem(decide(REAL, other)));
    assertEquals(List.of(), api.decisions.all);
    assertEquals(201, decide(REAL, moderator).statusCode());
    assertEquals(201, decide(REAL, admin).statusCode());
  }

  @Test
  void thereMustBeAVerdict() throws Exception {
    HttpResponse<String> early = decide(REAL, moderator);
    assertEquals(409, early.statusCode());
    assertEquals("no-verdict", problem(early));
    HttpResponse<String> unknown = post("/v1/videos/none/decisions", REAL, moderator);
    assertEquals("unknown-video", problem(unknown));
    HttpResponse<String> created =
        api.post(
            "/v1/uploads",
            new byte[0],
            site[0],
            site[1],
            "Tus-Resumable",
            "1.0.0",
            "Upload-Length",
            "10");
    String coming = created.headers().firstValue("Location").orElseThrow();
    String path = coming.replace("uploads", "videos") + "/decisions";
    assertEquals("no-verdict", problem(post(path, REAL, moderator)));
    assertEquals("unknown-video", problem(post(path, REAL, other)));
    judge(1);
    api.delete(video, site);
    assertEquals("deleted", problem(decide(REAL, moderator)));
    assertEquals(List.of(), api.decisions.all);
  }

  @Test
  void whoLookedAtAnEarlierVerdictHearsThatThereIsAnother() throws Exception {
    judge(4);
    HttpResponse<String> late =
        decide("{'outcome': 'UPHELD', 'label': 'FAKE', 'revision': 3}", moderator);
    assertEquals(409, late.statusCode());
    assertEquals("verdict-changed", problem(late));
    assertTrue(late.body().contains("revision 4, FAKE"), late.body());
    HttpResponse<String> wrong = decide("{'outcome': 'UPHELD', 'label': 'REAL'}", moderator);
    assertEquals(422, wrong.statusCode());
    assertEquals("invalid-decision", problem(wrong));
  }

  /** Else the decision would stay on its topic for years, behind the tombstone. */
  @Test
  void aDecisionThatADeletionOvertakesIsTakenBack() throws Exception {
    judge(1);
    String id = video.substring("/v1/videos/".length());
    api.decisions.onRecord = () -> api.videos.deleted(id);
    assertEquals("deleted", problem(decide(REAL, moderator)));
    assertEquals(List.of(id), api.tombstones);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | the body is not JSON such as",
        "{ | the body is not JSON such as",
        "'x' | the body is not JSON such as",
        "{'outcome': 'MAYBE'} | outcome must be UPHELD or OVERTURNED",
        "{'outcome': 7} | outcome must be a string",
        "{'lable': 'REAL'} | there are outcome, label, revision, tracks, note, moderator",
        "{'label': 'real?'} | label must be REAL, FAKE, UNCERTAIN or NO_FACE",
        "{'label': 'UNRECOGNIZED'} | label must be REAL, FAKE, UNCERTAIN or NO_FACE",
        "{'label': 'REAL', 'revision': 0} | revision must be a number from 1 on",
        "{'label': 'REAL', 'revision': '1'} | revision must be a number from 1 on",
        "{'label': 'REAL', 'revision': 1.5} | revision must be a number from 1 on",
        "{'label': 'REAL', 'revision': 9999999999} | revision must be a number from 1 on",
        "{'label': 'REAL', 'tracks': {}} | tracks must be a list",
        "{'label': 'REAL', 'tracks': [7]} | each of tracks must be an object with a trackId",
        "{'label': 'REAL', 'tracks': [{'trackId': -1}]} | trackId must be a number from 0 on",
        "{'label': 'REAL', 'tracks': [{'trackId': 7, 'x': 1}]} | there are trackId, outcome, label",
        "{'label': 'REAL', 'moderator': ''} | moderator must say who decided",
        "{} | neither outcome nor label is given",
      })
  void whatMakesNoSenseIsRefusedByName(String body, String problem) throws Exception {
    judge(1);
    HttpResponse<String> answer = decide(body, moderator);
    assertEquals(400, answer.statusCode(), answer.body());
    assertEquals("malformed-request", problem(answer));
    assertTrue(answer.body().contains(problem), answer.body());
  }

  @Test
  void whatANoteSaysSteersNoTerminal() throws Exception {
    judge(1);
    HttpResponse<String> made =
        decide("{'label': 'REAL', 'note': '\\u202e\\u001b[2J\\nline'}", moderator);
    assertEquals(201, made.statusCode(), made.body());
    assertFalse(made.body().matches("(?s).*[\\p{Cc}\\p{Cf}].*"), made.body());
    assertEquals("\u202e\u001b[2J\nline", json(made).get("note").asText());
    assertFalse(api.get(video, site).body().matches("(?s).*[\\p{Cc}\\p{Cf}].*"));
  }

  private void judge(int revision) {
    String id = video.substring("/v1/videos/".length());
    api.verdicts.put(
        id,
        Verdict.newBuilder()
            .setVideoId(id)
            .setRevision(revision)
            .setStatus(VerdictStatus.FINAL)
            .setLabel(VerdictLabel.FAKE)
            .addTracks(TrackVerdict.newBuilder().setTrackId(7).setLabel(VerdictLabel.FAKE))
            .build());
  }

  private HttpResponse<String> decide(String body, String... headers) throws Exception {
    return post(video + "/decisions", body, headers);
  }

  private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
    return api.postJson(path, body.replace('\'', '"'), headers);
  }

  private static String[] bearer(String secret) {
    return new String[] {"Authorization", "Bearer " + secret};
  }
}
