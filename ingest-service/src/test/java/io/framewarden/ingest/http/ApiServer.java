package io.framewarden.ingest.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framewarden.ingest.access.AccessConfig;
import io.framewarden.ingest.fetch.FetchConfig;
import io.framewarden.ingest.fetch.VideoFetcher;
import io.framewarden.ingest.status.VideoStatusIndex;
import io.framewarden.ingest.submission.LimitedInputStream.ContentPace;
import io.framewarden.ingest.submission.PendingUploadJournal;
import io.framewarden.ingest.submission.SubmissionService;
import io.framewarden.ingest.submission.UploadLimits;
import io.framewarden.ingest.submission.UploadService;
import io.framewarden.ingest.submission.UploadSink;
import io.framewarden.ingest.tus.StagingConfig;
import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.http.HttpService;
import io.framewarden.runtime.http.HttpSettings;
import io.framewarden.runtime.lifecycle.ServiceGroup;
import io.framewarden.runtime.store.FileObjectStore;
import io.framewarden.runtime.store.ObjectStore;
import io.framewarden.runtime.store.StoreConfig;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VideoUpload;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** The API on a real socket, with a file store and without Kafka. */
final class ApiServer implements AutoCloseable {
  static final long MAX_BYTES = 4 << 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  final CollectorRegistry registry = new CollectorRegistry();
  final VideoStatusIndex videos = new VideoStatusIndex();
  final List<VideoUpload> published = new CopyOnWriteArrayList<>();
  final List<String> tombstones = new CopyOnWriteArrayList<>();
  final Map<String, Verdict> verdicts = new ConcurrentHashMap<>();
  final RecordedDecisions decisions = new RecordedDecisions();
  final Path folder;
  volatile boolean ready = true;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ServiceGroup services;
  private final HttpService http;
  private final UploadApi routes;
  private final VideoFetcher fetcher;

  ApiServer(UploadApiConfig config) throws IOException {
    this(config, upload -> {}, true, Duration.ofSeconds(20));
  }

  /**
   * @param sink asked before an upload counts as published
   */
  ApiServer(UploadApiConfig config, UploadSink sink, boolean loopback, Duration headerTime)
      throws IOException {
    this(config, new FileObjectStore(store(config)), sink, loopback, headerTime);
  }

  ApiServer(
      UploadApiConfig config,
      ObjectStore store,
      UploadSink sink,
      boolean loopback,
      Duration headerTime)
      throws IOException {
    this.folder = config.staging().folder().getParent();
    PendingUploadJournal journal = new PendingUploadJournal(config.staging().journal());
    UploadService uploads =
        new UploadService(
            store,
            upload -> {
              sink.publish(upload);
              published.add(upload);
            },
            new UploadLimits(config.maxBytes()),
            registry,
            journal);
    fetcher = new VideoFetcher(config.fetch());
    routes =
        new UploadApi(
            config,
            loopback,
            new VideoBackend(
                new SubmissionService(uploads, videos),
                store,
                tombstones::add,
                videos,
                new VideoBackend.Findings(id -> Optional.ofNullable(verdicts.get(id)), decisions),
                () -> ready),
            fetcher,
            () -> 0,
            registry);
    HttpSettings listen = new HttpSettings("127.0.0.1", 0, HttpSettings.WITH_THE_REST, headerTime);
    http = new HttpService(listen, config.access().browsers(), routes, registry, routes::addTo);
    // The server first, as in the process: it answers until everything else is closed.
    services = new ServiceGroup("api", List.of(http, routes.openUploads(), routes));
    services.start();
  }

  static UploadApiConfig config(Path folder) {
    return config(folder, new AccessConfig(null, 0, 0));
  }

  static UploadApiConfig config(Path folder, AccessConfig access) {
    return new UploadApiConfig(
        access,
        new StagingConfig(folder.resolve("staging"), MAX_BYTES, Duration.ofHours(1)),
        new FetchConfig(
            List.of(), Duration.ofSeconds(20), StoreConfig.from(new Settings(Map.of()))),
        MAX_BYTES,
        100,
        new ContentPace(0, Duration.ofSeconds(30)));
  }

  /** Something that begins like an MP4 and goes on at random. */
  static byte[] video(int bytes, long seed) {
    byte[] content = new byte[bytes];
    new Random(seed).nextBytes(content);
    byte[] head = "\0\0\0\u0018ftypisom".getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(head, 0, content, 0, Math.min(bytes, head.length));
    return content;
  }

  /** As when the process is told to stop. */
  void stopTaking() {
    routes.stopTaking();
  }

  int port() {
    return http.port();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + http.port() + path);
  }

  HttpResponse<String> post(String path, byte[] body, String... headers) throws Exception {
    return send("POST", path, HttpRequest.BodyPublishers.ofByteArray(body), headers);
  }

  HttpResponse<String> postJson(String path, String json, String... headers) throws Exception {
    List<String> all = new ArrayList<>(List.of(headers));
    all.addAll(List.of("Content-Type", "application/json"));
    return post(path, json.getBytes(StandardCharsets.UTF_8), all.toArray(String[]::new));
  }

  HttpResponse<String> send(String method, String path, BodyPublisher body, String... headers)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    return send("GET", path, HttpRequest.BodyPublishers.noBody(), headers);
  }

  HttpResponse<String> delete(String path, String... headers) throws Exception {
    return send("DELETE", path, HttpRequest.BodyPublishers.noBody(), headers);
  }

  static JsonNode json(HttpResponse<String> answer) throws IOException {
    return JSON.readTree(answer.body());
  }

  /** The kind of a problem. */
  static String problem(HttpResponse<String> answer) throws IOException {
    JsonNode body = json(answer);
    if (!answer.headers().firstValue("Content-Type").orElse("").equals("application/problem+json")
        || body.path("status").asInt() != answer.statusCode()) {
      throw new IOException("not a problem: " + answer.headers() + body);
    }
    return body.path("type").asText().replace("urn:framewarden:problem:", "");
  }

  /** Names of all files that the store holds. */
  List<String> stored() throws IOException {
    try (Stream<Path> walk = Files.walk(folder.resolve("store"))) {
      return walk.filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals("lock"))
          .toList();
    }
  }

  List<String> staged() {
    String[] names =
        folder.resolve("staging").toFile().list((where, name) -> !name.equals("storing"));
    return names == null ? List.of() : Arrays.asList(names);
  }

  /** How many requests were answered by a problem of this type. */
  double problems(String type) {
    Double value =
        registry.getSampleValue(
            "framewarden_http_problems_total", new String[] {"type"}, new String[] {type});
    return value == null ? 0 : value;
  }

  double metric(String name, String... labels) {
    String[] names = labels.length == 0 ? new String[0] : new String[] {"reason"};
    Double value = registry.getSampleValue(name, names, labels);
    return value == null ? 0 : value;
  }

  @Override
  public void close() {
    services.close();
    fetcher.close();
  }

  private static Path store(UploadApiConfig config) {
    return config.staging().folder().resolveSibling("store");
  }
}
