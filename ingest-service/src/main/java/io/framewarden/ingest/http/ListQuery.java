package io.framewarden.ingest.http;

import io.framewarden.ingest.status.UploadPosition;
import io.framewarden.ingest.submission.ApiException;
import io.framewarden.runtime.feed.VerdictSummary;
import io.framewarden.runtime.lifecycle.MicrosecondClock;
import io.framewarden.v1.VerdictLabel;
import io.framewarden.v1.VerdictStatus;
import io.framewarden.v1.VideoUpload;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which videos a list is to show, as the query of a request says. Immutable. */
final class ListQuery {
  private static final Set<String> PARAMETERS =
      Set.of(
          "label", "status", "since", "until", "submitter", "external_id", "limit", "page_token");

  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 500;

  /** What a video has as its status that has no verdict. */
  private static final String NONE = "NONE";

  private final Map<String, List<String>> given;

  /** Empty for any, without a verdict too. */
  private final Set<VerdictLabel> labels = EnumSet.noneOf(VerdictLabel.class);

  /** Empty for any; unspecified stands for no verdict. */
  private final Set<VerdictStatus> statuses = EnumSet.noneOf(VerdictStatus.class);

  private final long sinceUs;
  private final UploadPosition start;
  private final int limit;

  /**
   * Reads the query of a request.
   *
   * @throws ApiException naming the parameter that cannot be understood, and what it may be
   */
  ListQuery(Context context) throws ApiException {
    given = context.queryParamMap();
    for (Map.Entry<String, List<String>> parameter : given.entrySet()) {
      if (!PARAMETERS.contains(parameter.getKey())) {
        throw RequestReader.malformed(
            "a list knows no such parameter; there are "
                + String.join(", ", PARAMETERS.stream().sorted().toList()));
      }
      if (parameter.getValue().size() > 1) {
        throw RequestReader.malformed(parameter.getKey() + " is given more than once");
      }
    }
    for (String name : names("label", names(VerdictLabel.values()))) {
      labels.add(VerdictLabel.valueOf(name));
    }
    List<String> known = names(VerdictStatus.values());
    known.add(0, NONE);
    for (String name : names("status", known)) {
      statuses.add(
          name.equals(NONE)
              ? VerdictStatus.VERDICT_STATUS_UNSPECIFIED
              : VerdictStatus.valueOf(name));
    }
    sinceUs = time("since").orElse(Long.MIN_VALUE);
    UploadPosition until = time("until").map(UploadPosition::before).orElse(UploadPosition.START);
    UploadPosition page = page();
    start = until.compareTo(page) > 0 ? until : page;
    limit = limit();
  }

  /** Where to begin. */
  UploadPosition start() {
    return start;
  }

  /** How many videos a page has at most. */
  int size() {
    return limit;
  }

  /** Whether an upload, and so every older one, was received too early. */
  boolean isOver(VideoUpload upload) {
    return upload.getReceivedTimeUs() < sinceUs;
  }

  /** Whether an upload may be shown, whatever its verdict. */
  boolean matches(VideoUpload upload) {
    return text("submitter").map(upload.getSubmitter()::equals).orElse(true)
        && text("external_id").map(upload.getReference().getExternalId()::equals).orElse(true);
  }

  /** Whether a video with this verdict may be shown. */
  boolean matches(Optional<VerdictSummary> verdict) {
    VerdictStatus status =
        verdict.map(VerdictSummary::status).orElse(VerdictStatus.VERDICT_STATUS_UNSPECIFIED);
    return (statuses.isEmpty() || statuses.contains(status))
        && (labels.isEmpty()
            || verdict.map(VerdictSummary::label).filter(labels::contains).isPresent());
  }

  /** The {@code page_token} of the page behind an upload. */
  static String pageToken(VideoUpload last) {
    String text = last.getReceivedTimeUs() + " " + last.getVideoId();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private UploadPosition page() throws ApiException {
    Optional<String> token = text("page_token");
    if (token.isEmpty()) {
      return UploadPosition.START;
    }
    try {
      String[] parts =
          new String(Base64.getUrlDecoder().decode(token.get()), StandardCharsets.UTF_8)
              .split(" ", 2);
      return new UploadPosition(Long.parseLong(parts[0]), parts[1]);
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw RequestReader.malformed(
          "page_token must be the nextPageToken of the page before, as it is");
    }
  }

  private int limit() throws ApiException {
    String number = text("limit").orElse(Integer.toString(DEFAULT_LIMIT));
    if (number.matches("[0-9]{1,3}")) {
      int limit = Integer.parseInt(number);
      if (limit >= 1 && limit <= MAX_LIMIT) {
        return limit;
      }
    }
    throw RequestReader.malformed("limit must be a number from 1 to " + MAX_LIMIT);
  }

  private Optional<Long> time(String name) throws ApiException {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      Instant time =
          text.get().contains("T")
              ? Instant.parse(text.get())
              : LocalDate.parse(text.get()).atStartOfDay(ZoneOffset.UTC).toInstant();
      return Optional.of(MicrosecondClock.of(time));
    } catch (DateTimeException | ArithmeticException e) {
      throw RequestReader.malformed(
          name + " must be a day or a time of UTC, such as 2026-01-31 or 2026-01-31T12:00:00Z");
    }
  }

  /** The values of a list with commas. */
  private List<String> names(String parameter, List<String> known) throws ApiException {
    List<String> names = new ArrayList<>();
    for (String name : text(parameter).map(text -> text.split(",")).orElse(new String[0])) {
      String upper = name.strip().toUpperCase(Locale.ROOT);
      if (!known.contains(upper)) {
        throw RequestReader.malformed(
            parameter + " must be of " + String.join(", ", known) + ", with commas between them");
      }
      names.add(upper);
    }
    return names;
  }

  /** Constants that are written, without the one for none. */
  private static List<String> names(Enum<?>[] constants) {
    List<String> names = new ArrayList<>();
    Arrays.stream(constants)
        .map(Enum::name)
        .filter(name -> !name.endsWith("_UNSPECIFIED") && !name.equals("UNRECOGNIZED"))
        .forEach(names::add);
    return names;
  }

  /** A parameter's value; an empty one is as none. */
  private Optional<String> text(String name) {
    return Optional.ofNullable(given.get(name)).map(all -> all.get(0)).filter(s -> !s.isEmpty());
  }
}
