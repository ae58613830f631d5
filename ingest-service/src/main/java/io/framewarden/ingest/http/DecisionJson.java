package io.framewarden.ingest.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.framewarden.ingest.decision.DecisionRequest;
import io.framewarden.ingest.submission.ApiException;
import io.framewarden.schemas.text.VisibleText;
import io.framewarden.v1.Decision;
import io.framewarden.v1.Outcome;
import io.framewarden.v1.TrackDecision;
import io.framewarden.v1.VerdictLabel;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Decisions as JSON: what is sent is what is shown, completed. Stateless. */
final class DecisionJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OUTCOME = "outcome";
  private static final String LABEL = "label";
  private static final String TRACK_ID = "trackId";
  private static final List<String> FIELDS =
      List.of(OUTCOME, LABEL, "revision", "tracks", "note", "moderator");
  private static final List<String> TRACK_FIELDS = List.of(TRACK_ID, OUTCOME, LABEL);
  private static final Set<VerdictLabel> NO_LABELS =
      Set.of(VerdictLabel.VERDICT_LABEL_UNSPECIFIED, VerdictLabel.UNRECOGNIZED);

  private DecisionJson() {}

  /**
   * Reads a decision that is asked for.
   *
   * @param caller who decided, where the JSON does not say it
   * @throws ApiException naming the field that cannot be understood, and what it may be
   */
  static DecisionRequest read(byte[] json, String caller) throws ApiException {
    JsonNode body;
    try {
      body = JSON.readTree(json);
    } catch (IOException e) {
      throw notJson();
    }
    if (!body.isObject()) {
      throw notJson();
    }
    requireKnown(body, FIELDS, "a decision");
    if (body.hasNonNull("tracks") && !body.path("tracks").isArray()) {
      throw RequestReader.malformed("tracks must be a list");
    }
    List<TrackDecision> tracks = new ArrayList<>();
    for (JsonNode track : body.path("tracks")) {
      tracks.add(track(track));
    }
    return new DecisionRequest(
        outcome(body),
        label(body),
        number(body, "revision", 1),
        tracks,
        text(body, "note", ""),
        text(body, "moderator", caller));
  }

  /** A decision that was made. */
  static String write(Decision decision) {
    ObjectNode body = JSON.createObjectNode();
    body.put(OUTCOME, decision.getOutcome().name());
    body.put(LABEL, decision.getLabel().name());
    body.put("revision", decision.getVerdictRevision());
    ArrayNode tracks = body.putArray("tracks");
    for (TrackDecision track : decision.getTracksList()) {
      tracks
          .addObject()
          .put(TRACK_ID, track.getTrackId())
          .put(OUTCOME, track.getOutcome().name())
          .put(LABEL, track.getLabel().name());
    }
    body.put("note", decision.getNote()).put("moderator", decision.getModerator());
    Instant decided = Instant.EPOCH.plus(decision.getDecidedTimeUs(), ChronoUnit.MICROS);
    body.put("decided", decided.toString());
    return VisibleText.of(body.toString());
  }

  private static TrackDecision track(JsonNode track) throws ApiException {
    if (!track.isObject() || !track.has(TRACK_ID)) {
      throw RequestReader.malformed("each of tracks must be an object with a trackId");
    }
    requireKnown(track, TRACK_FIELDS, "a track");
    return TrackDecision.newBuilder()
        .setTrackId(number(track, TRACK_ID, 0))
        .setOutcome(outcome(track))
        .setLabel(label(track))
        .build();
  }

  private static void requireKnown(JsonNode body, List<String> fields, String what)
      throws ApiException {
    for (String name : (Iterable<String>) body::fieldNames) {
      if (!fields.contains(name)) {
        throw RequestReader.malformed(
            what + " knows no such field; there are " + String.join(", ", fields));
      }
    }
  }

  private static Outcome outcome(JsonNode body) throws ApiException {
    String name = text(body, OUTCOME, "").toUpperCase(Locale.ROOT);
    return switch (name) {
      case "" -> Outcome.OUTCOME_UNSPECIFIED;
      case "UPHELD" -> Outcome.UPHELD;
      case "OVERTURNED" -> Outcome.OVERTURNED;
      default -> throw RequestReader.malformed("outcome must be UPHELD or OVERTURNED");
    };
  }

  private static VerdictLabel label(JsonNode body) throws ApiException {
    String name = text(body, LABEL, "").toUpperCase(Locale.ROOT);
    if (name.isEmpty()) {
      return VerdictLabel.VERDICT_LABEL_UNSPECIFIED;
    }
    return Arrays.stream(VerdictLabel.values())
        .filter(label -> label.name().equals(name) && !NO_LABELS.contains(label))
        .findFirst()
        .orElseThrow(
            () -> RequestReader.malformed("label must be REAL, FAKE, UNCERTAIN or NO_FACE"));
  }

  private static int number(JsonNode body, String name, int least) throws ApiException {
    JsonNode value = body.path(name);
    if (!body.hasNonNull(name)) {
      return 0;
    }
    if (!value.canConvertToInt() || !value.isIntegralNumber() || value.asInt() < least) {
      throw RequestReader.malformed(name + " must be a number from " + least + " on");
    }
    return value.asInt();
  }

  private static String text(JsonNode body, String name, String otherwise) throws ApiException {
    JsonNode value = body.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isTextual()) {
      throw RequestReader.malformed(name + " must be a string");
    }
    return value.asText();
  }

  private static ApiException notJson() {
    return RequestReader.malformed(
        "the body is not JSON such as {\"outcome\": \"OVERTURNED\", \"label\": \"REAL\"}");
  }
}
