package io.framewarden.detector.release.follow;

import io.framewarden.detector.release.ArtifactCache;
import io.framewarden.detector.release.ArtifactRepository;
import io.framewarden.detector.release.LoadedModel;
import io.framewarden.detector.release.ModelLoader;
import io.framewarden.detector.release.ModelRefusedException;
import io.framewarden.detector.release.ModelSlot;
import io.framewarden.detector.release.ReleaseHistory;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.TopicFollower;
import io.framewarden.runtime.kafka.TopicProvisioner;
import io.framewarden.runtime.lifecycle.Health;
import io.framewarden.runtime.lifecycle.Service;
import io.framewarden.runtime.lifecycle.Worker;
import io.framewarden.runtime.store.ObjectStore;
import io.framewarden.runtime.store.factory.ObjectStores;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.ModelRelease;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models of a scorer process. A thread of its own loads the first one and, where a model name
 * is configured, follows that name's releases: READY once a model is loaded, with the releases that
 * were refused in its text, and FAILED when there is no model to score with. Owns the models; close
 * it after the services that score with them.
 */
public final class ReleasedModels implements Service {
  private static final Logger LOG = LoggerFactory.getLogger(ReleasedModels.class);
  private static final long POLL_INTERVAL_MILLIS = 500;

  /**
   * What models are loaded with.
   *
   * @param description of the engine and why it was chosen, for people
   */
  public record Engines(ModelLoader loader, String description) {}

  private final ReleaseConfig config;
  private final Path folder;
  private final KafkaConnection kafka;
  private final Function<BooleanSupplier, Engines> engines;
  private final Consumer<LoadedModel> onActivated;
  private final ReleaseMetrics metrics;
  private final ReleaseHistory history;
  private final ModelSlot active = new ModelSlot();
  private final ModelSlot shadow = new ModelSlot();
  private final Worker worker;
  private final Object monitor = new Object();
  private ObjectStore store;
  private volatile TopicFollower<String, ModelRelease> follower;
  private volatile ModelReconciler reconciler;
  private volatile String description = "";
  private boolean changed;

  /**
   * @param folder the model where nothing is released
   * @param engines is called once, on this service's thread; may start native libraries and take
   *     minutes, and is told whether to stop
   * @param onActivated is told of each model that becomes the active one
   */
  public ReleasedModels(
      ReleaseConfig config,
      Path folder,
      KafkaConnection kafka,
      Function<BooleanSupplier, Engines> engines,
      Consumer<LoadedModel> onActivated,
      ReleaseMetrics metrics) {
    this.config = config;
    this.folder = folder;
    this.kafka = kafka;
    this.engines = engines;
    this.onActivated = onActivated;
    this.metrics = metrics;
    this.history = new ReleaseHistory(config.trust());
    this.worker = new Worker("models", this::step, this::wakeUp, this::closeAll);
  }

  @Override
  public String name() {
    return "models";
  }

  /** The slot of the active model, whose scores decide. */
  public ModelSlot active() {
    return active;
  }

  /** The slot of the shadow model, which is compared with it; mostly empty. */
  public ModelSlot shadow() {
    return shadow;
  }

  /** Share of videos that the shadow model scores too, 0 to 1. */
  public double shadowShare() {
    ModelReconciler running = reconciler;
    return running == null ? 0 : running.share();
  }

  @Override
  public void start() {
    worker.start();
  }

  @Override
  public Health health() {
    Health health = worker.health();
    if (!health.isReady()) {
      return health;
    }
    TopicFollower<String, ModelRelease> following = follower;
    if (following != null && following.health().isFailed()) {
      return following.health();
    }
    if (active.peek().isEmpty()) {
      return Health.starting(description.isEmpty() ? "selecting an engine" : "loading the model");
    }
    return Health.ready(
        Stream.of(description, reconciler.refusals())
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining("; ")));
  }

  @Override
  public void close() {
    worker.close();
  }

  private void step() throws IOException, InterruptedException {
    if (reconciler == null) {
      reconciler = open();
    }
    reconciler.reconcile(history, config.modelName());
    awaitChange();
  }

  private ModelReconciler open() throws IOException, InterruptedException {
    ArtifactCache artifacts = null;
    if (config.follows()) {
      store = ObjectStores.open(config.store());
      artifacts =
          new ArtifactCache(new ArtifactRepository(store), config.cache(), config.cacheBytes());
      new TopicProvisioner(kafka).ensure(List.of(Topics.MODEL_RELEASES));
      follower =
          new TopicFollower<>(kafka, Topics.MODEL_RELEASES, (key, event) -> onRelease(event));
      follower.start();
      follower.awaitCaughtUp();
    }
    Engines chosen = engines.apply(worker::isClosing);
    description = chosen.description();
    return new ModelReconciler(
        folder,
        chosen.loader(),
        artifacts == null ? ReleasedModels::failWithoutReleases : artifacts::obtain,
        active,
        shadow,
        onActivated,
        metrics,
        System::nanoTime);
  }

  private static Path failWithoutReleases(ModelRelease release) {
    throw new IllegalStateException("no releases are followed, but there is " + release);
  }

  private void onRelease(ModelRelease event) {
    if (event == null) {
      return;
    }
    Optional<String> problem = history.add(event);
    if (problem.isPresent()) {
      metrics.countRefused(ModelRefusedException.Reason.SIGNATURE);
      LOG.warn(
          "the release of {} {} ({}) is not followed: {}",
          event.getModelName(),
          event.getVersion(),
          event.getModelDigest(),
          problem.get());
    } else {
      wakeUp();
    }
  }

  private void wakeUp() {
    synchronized (monitor) {
      changed = true;
      monitor.notifyAll();
    }
  }

  @SuppressWarnings("WaitNotInLoop") // waking early only means checking early
  private void awaitChange() throws InterruptedException {
    synchronized (monitor) {
      if (!changed) {
        monitor.wait(POLL_INTERVAL_MILLIS);
      }
      changed = false;
    }
  }

  private void closeStore() {
    try {
      store.close();
    } catch (IOException e) {
      LOG.warn("the object store was not closed cleanly: {}", e.toString());
    }
  }

  private void closeAll() {
    if (follower != null) {
      follower.close();
    }
    active.close();
    shadow.close();
    if (store != null) {
      closeStore();
    }
  }
}
