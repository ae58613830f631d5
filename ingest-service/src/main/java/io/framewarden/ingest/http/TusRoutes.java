package io.framewarden.ingest.http;

import io.framewarden.ingest.access.Caller;
import io.framewarden.ingest.submission.ApiException;
import io.framewarden.ingest.submission.ProblemType;
import io.framewarden.ingest.submission.Submission;
import io.framewarden.ingest.submission.UploadRefusedException;
import io.framewarden.ingest.tus.ResumableUploads;
import io.framewarden.ingest.tus.UploadChecksum;
import io.framewarden.ingest.tus.UploadStatus;
import io.framewarden.runtime.http.ContentDeadline;
import io.framewarden.runtime.http.MethodOverride;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Resumable uploads at {@code /v1/uploads} by the tus protocol 1.0.0: core, creation, termination,
 * checksum and expiration. The answer to the last part names the video in Content-Location.
 */
final class TusRoutes {
  private static final String VERSION = "1.0.0";
  private static final String EXTENSIONS = "creation,termination,checksum,expiration";
  private static final String CONTENT_TYPE = "application/offset+octet-stream";
  private static final String PATH = "/v1/uploads/";

  private final AdmissionControl admission;
  private final ResumableUploads uploads;
  private final long maxBytes;

  TusRoutes(AdmissionControl admission, ResumableUploads uploads, long maxBytes) {
    this.admission = admission;
    this.uploads = uploads;
    this.maxBytes = maxBytes;
  }

  void addTo(RoutesConfig routes) {
    routes.options("/v1/uploads", this::options);
    routes.post("/v1/uploads", this::create);
    routes.options(PATH + "{id}", this::options);
    routes.head(PATH + "{id}", this::show);
    routes.patch(PATH + "{id}", this::append);
    routes.delete(PATH + "{id}", this::terminate);
    routes.post(PATH + "{id}", this::overridden);
  }

  private void options(Context context) {
    context.header("Tus-Resumable", VERSION).header("Tus-Version", VERSION);
    context.header("Tus-Extension", EXTENSIONS);
    context.header("Tus-Max-Size", Long.toString(maxBytes));
    context.header("Tus-Checksum-Algorithm", UploadChecksum.ALGORITHMS).status(204);
  }

  private void create(Context context) throws ApiException, UploadRefusedException, IOException {
    checkVersion(context);
    Caller caller = admission.uploader(context);
    admission.admit(caller);
    long length = number(context, "Upload-Length");
    UploadMetadata metadata = UploadMetadata.parse(context.header("Upload-Metadata"));
    String name = RequestReader.name(metadata.fileName());
    boolean rescore = RequestReader.rescore(context);
    Submission submission =
        new Submission(Submission.newId(), name, caller.name(), rescore, "", metadata.reference());
    UploadStatus created = uploads.create(submission, length);
    context.header("Location", PATH + created.upload().id());
    describe(context, created);
    context.status(201);
  }

  private void show(Context context) throws ApiException, IOException {
    checkVersion(context);
    UploadStatus status = own(context);
    context.header("Cache-Control", "no-store");
    context.header("Upload-Length", Long.toString(status.upload().length()));
    Submission submission = status.upload().submission();
    String metadata = new UploadMetadata(submission.fileName(), submission.reference()).header();
    if (!metadata.isEmpty()) {
      context.header("Upload-Metadata", metadata);
    }
    describe(context, status);
  }

  private void append(Context context) throws ApiException, UploadRefusedException, IOException {
    checkVersion(context);
    String id = own(context).upload().id();
    if (!CONTENT_TYPE.equals(context.contentType())) {
      throw new ApiException(
          ProblemType.WRONG_CONTENT_TYPE, "the content type of a part is " + CONTENT_TYPE);
    }
    String checksum = context.header("Upload-Checksum");
    UploadChecksum expected = checksum == null ? null : UploadChecksum.parse(checksum);
    long offset = number(context, "Upload-Offset");
    try (AdmissionControl.Permit permit = admission.acquire()) {
      ContentDeadline.of(context).lift(); // its pace is bounded instead
      InputStream part = permit.part(context.bodyInputStream());
      describe(context, uploads.append(id, offset, expected, part));
    }
    context.status(204);
  }

  private void terminate(Context context) throws ApiException, IOException {
    checkVersion(context);
    uploads.terminate(own(context).upload().id());
    context.status(204);
  }

  /** For clients that can only POST; the protocol asks for it. */
  private void overridden(Context context)
      throws ApiException, UploadRefusedException, IOException {
    switch (MethodOverride.of(context).orElse("").toUpperCase(Locale.ROOT)) {
      case "PATCH" -> append(context);
      case "DELETE" -> terminate(context);
      default ->
          throw RequestReader.malformed("POST here needs X-HTTP-Method-Override: PATCH or DELETE");
    }
  }

  private UploadStatus own(Context context) throws ApiException, IOException {
    Caller caller = admission.uploader(context);
    UploadStatus status =
        uploads
            .find(context.pathParam("id"))
            .filter(found -> found.upload().submission().submitter().equals(caller.name()))
            .orElseThrow(
                () -> new ApiException(ProblemType.UNKNOWN_UPLOAD, "no upload has the id given"));
    uploads.checkExpiry(status);
    return status;
  }

  private static void describe(Context context, UploadStatus status) {
    context.header("Upload-Offset", Long.toString(status.offset()));
    context.header(
        "Upload-Expires",
        DateTimeFormatter.RFC_1123_DATE_TIME.format(status.expires().atOffset(ZoneOffset.UTC)));
    if (status.upload().isHandedIn()) {
      context.header("Content-Location", "/v1/videos/" + status.upload().videoId());
    }
  }

  private static void checkVersion(Context context) throws ApiException {
    context.header("Tus-Resumable", VERSION);
    if (!VERSION.equals(context.req().getHeader("Tus-Resumable"))) {
      context.header("Tus-Version", VERSION);
      throw new ApiException(ProblemType.UNSUPPORTED_TUS_VERSION, "send Tus-Resumable: " + VERSION);
    }
  }

  private static long number(Context context, String header) throws ApiException {
    String given = context.header(header);
    if (given == null || !given.matches("[0-9]{1,18}")) {
      throw RequestReader.malformed(header + " must be a number of bytes");
    }
    return Long.parseLong(given);
  }
}
