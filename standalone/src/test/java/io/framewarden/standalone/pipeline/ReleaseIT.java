package io.framewarden.standalone.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framewarden.detector.ScorerRole;
import io.framewarden.detector.release.ReleaseKey;
import io.framewarden.detector.release.ReleaseTrust;
import io.framewarden.detector.release.follow.ReleaseConfig;
import io.framewarden.detector.release.publish.ReleaseCommands;
import io.framewarden.detector.release.publish.ReleaseTopicWriter;
import io.framewarden.detector.scoring.kafka.ScorerConfig;
import io.framewarden.detector.verdict.VerdictConfig;
import io.framewarden.detector.verdict.topology.VerdictService;
import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.feed.VerdictView;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.TopicFollower;
import io.framewarden.runtime.kafka.TopicProvisioner;
import io.framewarden.runtime.lifecycle.Health;
import io.framewarden.runtime.lifecycle.Service;
import io.framewarden.runtime.lifecycle.ServiceGroup;
import io.framewarden.runtime.store.StoreConfig;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.standalone.FramewardenMain;
import io.framewarden.testkit.TestModel;
import io.framewarden.testkit.broker.TestBroker;
import io.framewarden.v1.FrameScore;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictLabel;
import io.framewarden.v1.VerdictStatus;
import io.prometheus.client.CollectorRegistry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two scorers change models in mid-stream, go back, and refuse a broken one: every video gets a
 * final verdict of one model, with no frame missing.
 */
@Timeout(300)
class ReleaseIT {
  private static final int VIDEOS = 6;
  private static final int PART = 12;
  private static final long GLANCE_NANOS = 20_000_000;

  @TempDir Path folder;
  private final List<CollectorRegistry> registries =
      List.of(new CollectorRegistry(), new CollectorRegistry());
  private final List<FrameScore> scores = new CopyOnWriteArrayList<>();
  private final List<FrameScore> shadows = new CopyOnWriteArrayList<>();
  private KafkaConnection connection;
  private VerdictView verdicts;
  private Service services;
  private String name;
  private String first;
  private String second;
  private String broken;

  @BeforeEach
  void makeModels() throws Exception {
    ModelArtifact artifact = ModelArtifact.open(TestModel.folder());
    name = artifact.manifest().name();
    first = artifact.digest();
    second = variant("second");
    broken = variant("broken");
  }

  @Test
  void everyVerdictIsOfOneModelThroughSwapRollbackAndABrokenRelease() throws Exception {
    connection = KafkaConnection.embedded(TestBroker.empty());
    new TopicProvisioner(connection).ensure(Topics.all());
    run("release", "keygen", key().toString());
    for (Path model :
        List.of(TestModel.folder(), folder.resolve("second"), folder.resolve("broken"))) {
      release("publish", model.toString(), "--store", store().toUri().toString());
    }
    release("promote", name, first);
    verdicts = new VerdictView(connection, 100);
    try (Service running = services();
        ReleaseVideos videos = new ReleaseVideos(connection, TestModel.folder());
        TopicFollower<String, FrameScore> following =
            new TopicFollower<>(connection, Topics.FRAME_SCORES, (key, s) -> scores.add(s));
        TopicFollower<String, FrameScore> shadowing =
            new TopicFollower<>(connection, Topics.SHADOW_SCORES, (key, s) -> shadows.add(s))) {
      services = running;
      services.start();
      following.start();
      shadowing.start();
      changeModelsInMidStream(videos);
      assertJudgedByOneModelEach();
      refuseWhatIsNotSigned();
      refuseWhatIsBroken(videos);
      compareInTheShadow(videos);
    }
  }

  private void changeModelsInMidStream(ReleaseVideos videos) {
    videos.send(VIDEOS, 0, PART);
    await(() -> scored(first) > 0);
    release("promote", name, second);
    videos.send(VIDEOS, PART, 2 * PART);
    await(() -> runs(second));
    videos.send(VIDEOS, 2 * PART, 3 * PART);
    await(() -> scored(second) > 0);
    release("rollback", name);
    videos.send(VIDEOS, 3 * PART, 4 * PART);
    await(() -> runs(first));
    videos.send(VIDEOS, 4 * PART, 5 * PART);
    IntStream.range(0, VIDEOS).forEach(video -> videos.mark(video, 5 * PART));
    await(() -> IntStream.range(0, VIDEOS).allMatch(video -> isFinal(ReleaseVideos.id(video))));
  }

  private void assertJudgedByOneModelEach() {
    int mixed = 0;
    for (int video = 0; video < VIDEOS; video++) {
      String id = ReleaseVideos.id(video);
      Verdict verdict = verdicts.find(id).orElseThrow();
      assertTrue(verdict.getLabel() != VerdictLabel.INCOMPLETE, verdict.getReason());
      assertEquals(5 * PART, verdict.getCompleteness().getScored());
      assertEquals(0, verdict.getCompleteness().getMissing());
      assertEquals(0, verdict.getCompleteness().getFailed());
      assertEquals(5 * PART, verdict.getTracks(0).getFrames(), "no frame counts twice");
      assertEquals(List.of(first), verdict.getProvenance().getModelDigestsList());
      Set<String> digests = new TreeSet<>();
      scores.stream()
          .filter(score -> score.getVideoId().equals(id))
          .forEach(score -> digests.add(score.getModelDigest()));
      assertTrue(Set.of(first, second).containsAll(digests), digests.toString());
      mixed += digests.size() == 2 ? 1 : 0;
    }
    assertTrue(mixed > 0, "no video met both models: the test shows nothing");
    double again = sum("framewarden_rescored_frames_total", "outcome", "scored");
    assertTrue(again > 0, "nothing was scored again");
    System.out.printf("%d of %d videos met two models, %.0f frames again%n", mixed, VIDEOS, again);
  }

  /** Who can write to the topic, and has no key, changes nothing. */
  private void refuseWhatIsNotSigned() throws Exception {
    ReleaseTopicWriter topic = new ReleaseTopicWriter(connection);
    ReleaseCommands forged = new ReleaseCommands(topic.read(ReleaseTrust.inEverybody()));
    topic.write(forged.promote(name, second));
    await(() -> sum("framewarden_releases_refused_total", "reason", "signature") == 2);
    assertTrue(runs(first));
  }

  private void refuseWhatIsBroken(ReleaseVideos videos) throws Exception {
    Path graph = store().resolve("models").resolve(name).resolve(broken).resolve("model.onnx");
    byte[] bytes = Files.readAllBytes(graph);
    bytes[bytes.length / 2] ^= 1;
    Files.write(graph, bytes);
    release("promote", name, broken);
    await(() -> sum("framewarden_releases_refused_total", "reason", "artifact") == 2);

    Health health = services.health();
    assertTrue(health.isReady(), health.detail());
    assertTrue(health.detail().contains(broken), health.detail());
    assertTrue(runs(first));
    videos.send(VIDEOS, 1, 0, PART);
    videos.mark(VIDEOS, PART);
    await(() -> isFinal(ReleaseVideos.id(VIDEOS)));
    release("rollback", name);
  }

  private void compareInTheShadow(ReleaseVideos videos) throws Exception {
    release("shadow", name, second, "--share", "1");
    await(() -> sum("framewarden_model_swap_seconds_count", "stage", "shadow") == 2);
    videos.send(VIDEOS + 1, 1, 0, PART);
    videos.mark(VIDEOS + 1, PART);
    await(() -> shadows.size() == PART);
    await(() -> isFinal(ReleaseVideos.id(VIDEOS + 1)));

    JsonNode comparison = new ObjectMapper().readTree(release("compare", name, "--json"));
    assertEquals(second, comparison.get("shadow").asText());
    assertEquals(PART, comparison.get("frames").asInt());
    assertEquals(0, comparison.get("disagreements").asInt(), "it is the same graph");
    assertEquals(0, comparison.get("meanAbsoluteDifference").asDouble(), 1e-6);
    String list = release("list", name);
    assertTrue(list.contains("shadow for a share of 1.0"), list);
    assertTrue(list.contains("retired"), list);
  }

  private Service services() {
    List<Service> all = new ArrayList<>();
    for (int i = 0; i < registries.size(); i++) {
      Settings settings =
          new Settings(
              Map.of(
                  ScorerConfig.MODEL_DIR,
                  TestModel.folder().toString(),
                  "FRAMEWARDEN_ENGINE",
                  "onnxruntime",
                  ScorerConfig.BATCH_SIZE,
                  "4",
                  ReleaseConfig.MODEL_NAME,
                  name,
                  StoreConfig.STORE,
                  store().toString(),
                  ReleaseConfig.CACHE_DIR,
                  folder.resolve("cache-" + i).toString(),
                  ReleaseConfig.KEYS,
                  ReleaseKey.publicFile(key()).toString()));
      all.add(
          ScorerRole.service(
              ScorerConfig.from(settings),
              ReleaseConfig.from(settings),
              connection,
              registries.get(i)));
    }
    Map<String, String> state = Map.of(VerdictConfig.STATE_DIR, folder.resolve("state").toString());
    all.add(
        new VerdictService(
            VerdictConfig.from(new Settings(state)), connection, new CollectorRegistry()));
    all.add(verdicts);
    return new ServiceGroup("all", all);
  }

  private Path store() {
    return folder.resolve("objects");
  }

  /** The same graph under a manifest, and so a digest, of its own. */
  private String variant(String version) throws Exception {
    Path copy = folder.resolve(version);
    try (var files = Files.walk(TestModel.folder())) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(TestModel.folder().relativize(file).toString()));
      }
    }
    Path manifest = copy.resolve(ModelArtifact.MANIFEST);
    String before = "\"version\" : \"" + ModelArtifact.open(copy).manifest().version() + "\"";
    String text = Files.readString(manifest);
    assertTrue(text.contains(before), text);
    Files.writeString(manifest, text.replace(before, "\"version\" : \"" + version + "\""));
    return ModelArtifact.open(copy).digest();
  }

  private String release(String... arguments) {
    List<String> command = new ArrayList<>(List.of("release"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--broker", connection.bootstrapServers()));
    if (!List.of("list", "compare").contains(arguments[0])) {
      command.addAll(List.of("--key", key().toString()));
    }
    return run(command.toArray(String[]::new));
  }

  private Path key() {
    return folder.resolve("key.pem");
  }

  private static String run(String... command) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = FramewardenMain.run(command, new PrintWriter(out), new PrintWriter(err));
    assertEquals(0, status, err.toString());
    return out.toString();
  }

  private long scored(String digest) {
    return scores.stream().filter(score -> score.getModelDigest().equals(digest)).count();
  }

  private boolean isFinal(String id) {
    return verdicts
        .find(id)
        .filter(verdict -> verdict.getStatus() == VerdictStatus.FINAL)
        .isPresent();
  }

  /** Whether all scorers score with a model. */
  private boolean runs(String digest) {
    return registries.stream()
        .allMatch(
            registry ->
                java.util.Collections.list(registry.metricFamilySamples()).stream()
                    .flatMap(family -> family.samples.stream())
                    .anyMatch(
                        sample ->
                            sample.name.equals("framewarden_model_info")
                                && sample.labelValues.contains(digest)));
  }

  private double sum(String metric, String label, String value) {
    return registries.stream()
        .map(each -> each.getSampleValue(metric, new String[] {label}, new String[] {value}))
        .mapToDouble(sample -> sample == null ? 0 : sample)
        .sum();
  }

  private void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Health health = services.health();
      assertTrue(!health.isFailed(), health.detail());
      LockSupport.parkNanos(GLANCE_NANOS);
    }
  }
}
