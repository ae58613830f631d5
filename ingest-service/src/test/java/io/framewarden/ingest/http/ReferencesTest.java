package io.framewarden.ingest.http;

import static io.framewarden.ingest.http.ApiServer.json;
import static io.framewarden.ingest.http.ApiServer.problem;
import static io.framewarden.ingest.http.ApiServer.video;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.framewarden.ingest.fetch.FetchConfig;
import io.framewarden.v1.CallerReference;
import io.framewarden.v1.Verdict;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

/** What callers call their videos: three ways in, one way through. */
@Timeout(60)
@Tag("slow")
class ReferencesTest {
  private static final byte[] VIDEO = video(5000, 1);
  private static final String QUERY =
      "?external_id=order%2017&user=u-4&post=https://x.test/p/99&metadata.campaign=gr%C3%B6%C3%9Fe";

  private static final CallerReference REFERENCE =
      CallerReference.newBuilder()
          .setExternalId("order 17")
          .setUser("u-4")
          .setPost("https://x.test/p/99")
          .putMetadata("campaign", "größe")
          .build();

  @TempDir Path folder;
  private ApiServer api;

  @BeforeEach
  void listen() throws IOException {
    Files.createDirectories(folder.resolve("in"));
    Files.write(folder.resolve("in/a.mp4"), VIDEO);
    api = server();
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void theQueryOfAnUploadIsPublishedAndShown() throws Exception {
    HttpResponse<String> accepted = api.post("/v1/videos" + QUERY, VIDEO);
    assertEquals(202, accepted.statusCode(), accepted.body());
    assertShown(json(accepted));
    assertShown(json(api.get("/v1/videos/" + json(accepted).get("id").asText())));
    assertEquals(REFERENCE, api.published.get(0).getReference());
  }

  @ParameterizedTest
  @CsvSource({"externalId", "external_id"})
  void theJsonOfAFetchIsPublishedAndShown(String name) throws Exception {
    JsonNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("uri", folder.resolve("in/a.mp4").toUri().toString())
            .put(name, "order 17")
            .put("user", "u-4")
            .put("post", "https://x.test/p/99")
            .set("metadata", JsonNodeFactory.instance.objectNode().put("campaign", "größe"));
    HttpResponse<String> accepted = fetch(body.toString());
    assertEquals(202, accepted.statusCode(), accepted.body());
    assertShown(json(accepted));
    assertEquals(REFERENCE, api.published.get(0).getReference());
  }

  @Test
  void theMetadataOfATusUploadIsShownFromTheStartAndSurvivesARestart() throws Exception {
    HttpResponse<String> created = create(tus("order 17", "u-4", "größe"), 5000);
    assertEquals(201, created.statusCode(), created.body());
    String path = created.headers().firstValue("Location").orElseThrow();
    assertShown(json(api.get(path.replace("uploads", "videos"))));
    api.close();
    api = server();
    HttpResponse<String> head =
        api.send("HEAD", path, BodyPublishers.noBody(), "Tus-Resumable", "1.0.0");
    assertEquals(
        tus("order 17", "u-4", "größe"),
        head.headers().firstValue("Upload-Metadata").orElseThrow());
    HttpResponse<String> whole =
        api.send(
            "PATCH",
            path,
            BodyPublishers.ofByteArray(VIDEO),
            "Tus-Resumable",
            "1.0.0",
            "Upload-Offset",
            "0",
            "Content-Type",
            "application/offset+octet-stream");
    assertEquals(204, whole.statusCode(), whole.body());
    assertEquals(REFERENCE, api.published.get(0).getReference());
    assertShown(json(api.get(path.replace("uploads", "videos"))));
  }

  @Test
  void whoGivesNothingSeesNothing() throws Exception {
    HttpResponse<String> accepted = api.post("/v1/videos?external_id=&metadata.a=", VIDEO);
    assertFalse(json(accepted).has("reference"), accepted.body());
    assertFalse(api.published.get(0).hasReference());
    String path = create("filename YQ==", 10).headers().firstValue("Location").orElseThrow();
    assertFalse(json(api.get(path.replace("uploads", "videos"))).has("reference"));
  }

  @Test
  void aVerdictStillShowsItWhenTheUploadIsForgotten() throws Exception {
    api.verdicts.put("v", Verdict.newBuilder().setVideoId("v").setReference(REFERENCE).build());
    assertShown(json(api.get("/v1/videos/v")));
  }

  @Test
  void theSameBytesUnderOtherIdsAreAVideoOfTheirOwn() throws Exception {
    String first = id(api.post("/v1/videos" + QUERY, VIDEO));
    assertEquals(first, id(api.post("/v1/videos" + QUERY, VIDEO)));
    assertEquals(first, id(api.post("/v1/videos" + QUERY + "&metadata.more=1", VIDEO)));
    String second = id(api.post("/v1/videos" + QUERY.replace("order", "other"), VIDEO));
    assertNotEquals(first, second);
    String third = id(api.post("/v1/videos" + QUERY.replace("u-4", "u-5"), VIDEO));
    String fourth = id(api.post("/v1/videos" + QUERY.replace("99", "98"), VIDEO));
    String fifth = id(api.post("/v1/videos", VIDEO));
    assertEquals(
        List.of(first, second, third, fourth, fifth),
        api.published.stream().map(upload -> upload.getVideoId()).toList());
    assertEquals("u-5", json(api.get("/v1/videos/" + third)).at("/reference/user").asText());
  }

  @Test
  void aKeyAnswersForTheIdsThatItCameWithFirst() throws Exception {
    String id = id(keyed(QUERY));
    assertEquals(id, id(keyed(QUERY)));
    assertEquals(id, id(keyed(QUERY.replace("campaign", "season"))), "notes are not compared");
    for (String other : List.of("", QUERY.replace("order", "x"), QUERY.replace("u-4", "x"))) {
      HttpResponse<String> reused = keyed(other);
      assertEquals("key-reused", problem(reused));
      assertEquals(422, reused.statusCode());
      assertTrue(reused.body().contains("another external_id, user or post"), reused.body());
    }
    assertEquals(1, api.published.size());
  }

  @ParameterizedTest
  @CsvSource({
    "external_id, 256, external_id has at most 255 bytes",
    "user, 256, user has at most 255 bytes",
    "post, 256, post has at most 255 bytes",
    "metadata.a, 513, metadata.a has at most 512 bytes",
  })
  void whatIsTooLongIsRefusedByNameInEachWay(String name, int length, String problem)
      throws Exception {
    String tooLong = "x".repeat(length);
    assertRefused(problem, api.post("/v1/videos?" + name + "=" + tooLong, VIDEO));
    assertRefused(problem, create(name + " " + base64(tooLong), 10));
    String json =
        name.equals("metadata.a") ? "\"metadata\": {\"a\": \"%s\"}" : "\"" + name + "\": \"%s\"";
    assertRefused(problem, fetch("{\"uri\": \"x\", " + json.formatted(tooLong) + "}"));
    assertEquals(
        202, api.post("/v1/videos?" + name + "=" + "x".repeat(length - 1), VIDEO).statusCode());
  }

  @Test
  void lengthsAreThoseOfUtf8() throws Exception {
    String text = "ü".repeat(128);
    assertRefused(
        "external_id has at most 255 bytes",
        api.post(
            "/v1/videos?external_id=" + URLEncoder.encode(text, StandardCharsets.UTF_8), VIDEO));
  }

  @Test
  void thereIsAnEndToMetadata() throws Exception {
    StringBuilder many = new StringBuilder("?x=1");
    for (int i = 0; i < 16; i++) {
      many.append("&metadata.k").append(i).append("=v");
    }
    assertEquals(202, api.post("/v1/videos" + many, VIDEO).statusCode());
    assertRefused("at most 16 entries", api.post("/v1/videos" + many + "&metadata.z=v", VIDEO));
    StringBuilder large = new StringBuilder("?x=1");
    for (int i = 0; i < 4; i++) {
      large.append("&metadata.k").append(i).append('=').append("v".repeat(510));
    }
    assertEquals(202, api.post("/v1/videos" + large, VIDEO).statusCode());
    assertRefused("at most 2048 bytes", api.post("/v1/videos" + large + "&user=u", VIDEO));
  }

  /** The most that is allowed gets through the server's own limits, percent-encoded or not. */
  @Test
  void theMostThatIsAllowedFitsIntoARequest() throws Exception {
    StringBuilder query = new StringBuilder("?x=1");
    StringBuilder metadata = new StringBuilder("filename ").append(base64("ü".repeat(255)));
    String value = "\u6c34".repeat(169);
    for (int i = 0; i < 4; i++) {
      query
          .append("&metadata.k" + i + "=")
          .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
      metadata.append(",metadata.k" + i + " ").append(base64(value));
    }
    assertEquals(202, api.post("/v1/videos" + query, VIDEO).statusCode());
    assertEquals(value, api.published.get(0).getReference().getMetadataOrThrow("k3"));
    assertEquals(201, create(metadata.toString(), 10).statusCode());
  }

  @ParameterizedTest
  @CsvSource({"a%00b", "a%0Ab", "%1B%5B2J", "%E2%80%AE", "%E2%80%A8", "%FF%FE", "%C3"})
  void whatCannotBeShownIsRefused(String encoded) throws Exception {
    assertRefused(
        "external_id must be UTF-8 text without control characters",
        api.post("/v1/videos?external_id=" + encoded, VIDEO));
  }

  @Test
  void otherThingsThatMakeNoSense() throws Exception {
    assertRefused("a key of metadata has", api.post("/v1/videos?metadata.a%20b=1", VIDEO));
    assertRefused("a key of metadata has", api.post("/v1/videos?metadata.=1", VIDEO));
    assertRefused("user is given more than once", api.post("/v1/videos?user=a&user=b", VIDEO));
    assertRefused("user is given more than once", create("user YQ==,user Yg==", 10));
    assertRefused("user must be a string", fetch("{\"uri\": \"file:///x\", \"user\": 7}"));
    String object = "metadata must be an object of strings";
    assertRefused(object, fetch("{\"uri\": \"file:///x\", \"metadata\": [\"a\"]}"));
    assertRefused(object, fetch("{\"uri\": \"file:///x\", \"metadata\": {\"a\": 7}}"));
    assertRefused(
        "external_id must be UTF-8",
        create("external_id " + Base64.getEncoder().encodeToString(new byte[] {(byte) 0xff}), 10));
    assertEquals(List.of(), api.stored());
    assertEquals(List.of(), api.staged());
  }

  private ApiServer server() throws IOException {
    UploadApiConfig plain = ApiServer.config(folder);
    return new ApiServer(
        new UploadApiConfig(
            plain.access(),
            plain.staging(),
            new FetchConfig(
                List.of(folder.resolve("in").toUri()), Duration.ofSeconds(9), plain.fetch().s3()),
            plain.maxBytes(),
            plain.uploadsAtOnce(),
            plain.pace()));
  }

  private HttpResponse<String> keyed(String query) throws Exception {
    return api.post("/v1/videos" + query, VIDEO, "Idempotency-Key", "order-17");
  }

  private HttpResponse<String> fetch(String body) throws Exception {
    return api.postJson("/v1/videos:fromUri", body);
  }

  private HttpResponse<String> create(String metadata, int length) throws Exception {
    return api.post(
        "/v1/uploads",
        new byte[0],
        "Tus-Resumable",
        "1.0.0",
        "Upload-Length",
        Integer.toString(length),
        "Upload-Metadata",
        metadata);
  }

  private static String tus(String externalId, String user, String campaign) {
    return "filename %s,external_id %s,user %s,post %s,metadata.campaign %s"
        .formatted(
            base64("a.mp4"),
            base64(externalId),
            base64(user),
            base64("https://x.test/p/99"),
            base64(campaign));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String id(HttpResponse<String> answer) throws IOException {
    assertEquals(202, answer.statusCode(), answer.body());
    return json(answer).get("id").asText();
  }

  private static void assertShown(JsonNode video) throws IOException {
    JsonNode expected =
        new ObjectMapper()
            .readTree(
                """
                {"externalId": "order 17", "user": "u-4", "post": "https://x.test/p/99",
                 "metadata": {"campaign": "größe"}}
                """);
    assertEquals(expected, video.get("reference"), video.toString());
  }

  private static void assertRefused(String problem, HttpResponse<String> answer)
      throws IOException {
    assertEquals(400, answer.statusCode(), answer.body());
    assertEquals("malformed-request", problem(answer));
    assertTrue(answer.body().contains(problem), answer.body());
  }
}
