package io.framewarden.standalone.pipeline;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Uploads a file until the service says that it has it, whatever happens to the service meanwhile.
 * One thread.
 */
final class StubbornUploader {
  private static final int PARTS = 3;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final IngestServer server;

  StubbornUploader(IngestServer server) {
    this.server = server;
  }

  /**
   * By one request, with a key that makes it the same one each time.
   *
   * @return the video's id
   */
  String whole(Path file, String key) throws Exception {
    while (true) {
      HttpResponse<String> answer =
          answer(
              HttpRequest.newBuilder(server.uri("/v1/videos"))
                  .header("Idempotency-Key", key)
                  .POST(HttpRequest.BodyPublishers.ofFile(file))
                  .build());
      if (answer != null && answer.statusCode() / 100 == 2) {
        return last(answer.headers().firstValue("Location").orElseThrow());
      }
      again(answer);
    }
  }

  /**
   * By tus, in parts.
   *
   * @return the video's id
   */
  String inParts(Path file) throws Exception {
    byte[] content = Files.readAllBytes(file);
    String upload = create(content.length);
    while (true) {
      HttpResponse<String> state = answer(tus(upload).method("HEAD", none()).build());
      if (state != null && (state.statusCode() == 404 || state.statusCode() == 410)) {
        upload = create(content.length);
      } else if (state != null && state.statusCode() == 200) {
        if (state.headers().firstValue("Content-Location").isPresent()) {
          return last(state.headers().firstValue("Content-Location").get());
        }
        part(upload, content, Integer.parseInt(header(state, "Upload-Offset")));
      } else {
        again(state);
      }
    }
  }

  private String create(int length) throws Exception {
    while (true) {
      HttpResponse<String> answer =
          answer(
              tus("/v1/uploads")
                  .header("Upload-Length", Integer.toString(length))
                  .POST(none())
                  .build());
      if (answer != null && answer.statusCode() == 201) {
        return header(answer, "Location");
      }
      again(answer);
    }
  }

  /** A part that is empty hands whole content in that could not be handed in before. */
  private void part(String upload, byte[] content, int from) throws Exception {
    int to = Math.min(content.length, from + content.length / PARTS + 1);
    HttpResponse<String> answer =
        answer(
            tus(upload)
                .header("Upload-Offset", Integer.toString(from))
                .header("Content-Type", "application/offset+octet-stream")
                .method(
                    "PATCH",
                    HttpRequest.BodyPublishers.ofByteArray(Arrays.copyOfRange(content, from, to)))
                .build());
    if (answer == null || answer.statusCode() != 204) {
      again(answer);
    }
  }

  private HttpRequest.Builder tus(String path) {
    return HttpRequest.newBuilder(server.uri(path)).header("Tus-Resumable", "1.0.0");
  }

  private static HttpRequest.BodyPublisher none() {
    return HttpRequest.BodyPublishers.noBody();
  }

  /** Null where the service is not there. */
  private HttpResponse<String> answer(HttpRequest request) throws InterruptedException {
    try {
      return server.send(request);
    } catch (IOException e) {
      return null;
    }
  }

  /** What is no fault of the service's being away, or starting, is one of ours. */
  private static void again(HttpResponse<String> answer) throws InterruptedException {
    if (answer != null
        && answer.statusCode() < 500
        && answer.statusCode() != 404
        && answer.statusCode() != 409
        && answer.statusCode() != 423) {
      throw new IllegalStateException(answer + " " + answer.body());
    }
    LockSupport.parkNanos(PAUSE_NANOS);
    if (Thread.interrupted()) {
      throw new InterruptedException("told to give up");
    }
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElseThrow();
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
