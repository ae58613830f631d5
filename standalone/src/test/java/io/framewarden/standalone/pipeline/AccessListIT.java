package io.framewarden.standalone.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.framewarden.detector.ScorerRole;
import io.framewarden.detector.release.follow.ReleaseConfig;
import io.framewarden.detector.scoring.kafka.ScorerConfig;
import io.framewarden.detector.verdict.VerdictConfig;
import io.framewarden.detector.verdict.topology.VerdictService;
import io.framewarden.ingest.Ingest;
import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.feed.VerdictView;
import io.framewarden.runtime.kafka.ClientProperties;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.TopicProvisioner;
import io.framewarden.runtime.lifecycle.ServiceGroup;
import io.framewarden.runtime.store.FileObjectStore;
import io.framewarden.runtime.store.StoreConfig;
import io.framewarden.schemas.topic.ServiceRole;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.testkit.TestModel;
import io.framewarden.testkit.broker.TestBroker;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictStatus;
import io.prometheus.client.CollectorRegistry;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.AuthorizationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pipeline on a cluster with the access lists that {@code framewarden topics --acls} prints.
 */
@Timeout(300)
class AccessListIT {
  private static final String ADMIN = "admin";

  @TempDir Path folder;
  private final BlockingQueue<Verdict> verdicts = new LinkedBlockingQueue<>();
  private String servers;

  @Test
  void eachServiceMayDoWhatItDoesAndNothingElse() throws Exception {
    Map<String, String> users = new HashMap<>(Map.of(ADMIN, ADMIN));
    for (ServiceRole role : ServiceRole.values()) {
      users.put(role.label(), role.label());
    }
    servers = TestBroker.secured(users, ADMIN);
    new TopicProvisioner(as(ADMIN)).ensure(Topics.all());
    try (Admin admin = Admin.create(new ClientProperties(as(ADMIN)).admin())) {
      for (ServiceRole role : ServiceRole.values()) {
        admin.createAcls(role.acls("User:" + role.label())).all().get();
      }
    }
    judgeAVideo();
    assertForgeryIsRefused();
  }

  private void judgeAVideo() throws Exception {
    Path video = SyntheticVideo.drawnFace(folder.resolve("clip.mp4"), 320, 240, 24, 2);
    VerdictView view = new VerdictView(as(ServiceRole.CONSUMER.label()), 10);
    view.listen(verdicts::add);
    FileObjectStore store = new FileObjectStore(folder.resolve("objects"));
    Ingest ingest =
        new Ingest(
            Ingest.Config.from(settings()),
            as(ServiceRole.INGEST.label()),
            store,
            new CollectorRegistry());
    try (ServiceGroup all =
        new ServiceGroup(
            "all",
            List.of(
                ScorerRole.service(
                    ScorerConfig.from(settings()),
                    ReleaseConfig.from(settings()),
                    as(ServiceRole.SCORER.label()),
                    new CollectorRegistry()),
                new VerdictService(
                    VerdictConfig.from(settings()),
                    as(ServiceRole.VERDICTS.label()),
                    new CollectorRegistry()),
                ingest,
                view))) {
      all.start();
      ingest.awaitCaughtUp();
      try (InputStream content = Files.newInputStream(video)) {
        ingest.uploads().accept("clip.mp4", "test", content);
      }
      Verdict verdict = verdicts.poll(2, TimeUnit.MINUTES);
      while (verdict != null && verdict.getStatus() != VerdictStatus.FINAL) {
        verdict = verdicts.poll(2, TimeUnit.MINUTES);
      }
      assertEquals(0, verdict == null ? -1 : verdict.getCompleteness().getMissing());
    }
  }

  /** A taken-over service writes no verdict, and reads nothing that it has no business with. */
  private void assertForgeryIsRefused() throws Exception {
    for (ServiceRole role : List.of(ServiceRole.INGEST, ServiceRole.SCORER, ServiceRole.CONSUMER)) {
      try (KafkaProducer<byte[], byte[]> producer =
          new KafkaProducer<>(new ClientProperties(as(role.label())).producer())) {
        var refused =
            assertThrows(
                ExecutionException.class,
                () ->
                    producer
                        .send(new ProducerRecord<>(Topics.VERDICTS.name(), new byte[] {1}))
                        .get(),
                role.label());
        assertInstanceOf(AuthorizationException.class, refused.getCause());
      }
    }
  }

  private Settings settings() {
    Map<String, String> variables = new HashMap<>();
    variables.put(ScorerConfig.MODEL_DIR, TestModel.folder().toString());
    variables.put("FRAMEWARDEN_ENGINE", "onnxruntime");
    variables.put(ReleaseConfig.MODEL_NAME, "none-of-these");
    variables.put(ReleaseConfig.CACHE_DIR, folder.resolve("cache").toString());
    variables.put(StoreConfig.STORE, folder.resolve("objects").toString());
    variables.put(VerdictConfig.STATE_DIR, folder.resolve("state").toString());
    variables.put("FRAMEWARDEN_STAGING_DIR", folder.resolve("staging").toString());
    return new Settings(variables);
  }

  private KafkaConnection as(String user) {
    return KafkaConnection.embedded(
        servers,
        Map.of(
            "security.protocol",
            "SASL_PLAINTEXT",
            "sasl.mechanism",
            "PLAIN",
            "sasl.jaas.config",
            "org.apache.kafka.common.security.plain.PlainLoginModule required"
                + " username=\"%s\" password=\"%s\";".formatted(user, user)));
  }
}
