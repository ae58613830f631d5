package io.framewarden.standalone.command.release;

import io.framewarden.detector.release.ArtifactRepository;
import io.framewarden.detector.release.ReleaseHistory;
import io.framewarden.detector.release.ReleaseKey;
import io.framewarden.detector.release.ReleaseTrust;
import io.framewarden.detector.release.publish.ReleaseCommands;
import io.framewarden.detector.release.publish.ReleaseTopicWriter;
import io.framewarden.runtime.command.BrokerOption;
import io.framewarden.runtime.command.ExitStatus;
import io.framewarden.runtime.command.StoreOption;
import io.framewarden.runtime.command.TextTable;
import io.framewarden.runtime.command.UserError;
import io.framewarden.runtime.kafka.BrokerProbe;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.store.ObjectStore;
import io.framewarden.runtime.store.factory.ObjectStores;
import io.framewarden.schemas.model.InvalidArtifactException;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.ModelRelease;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code framewarden release}: which models score. */
@Command(
    name = "release",
    mixinStandardHelpOptions = true,
    description = {
      "Publishes models, and says which of them running scorers use.",
      "Scorers follow the releases of the name in their FRAMEWARDEN_MODEL_NAME, and change models",
      "between two batches."
    },
    subcommands = ReleaseCompareCommand.class)
public final class ReleaseCommand implements Runnable {
  private static final String NAME = "The model's name.";
  private static final String WHICH =
      "Its version, or the first six or more characters of its digest.";

  @Spec private CommandSpec spec;

  /** A change of the releases so far: it gives the events to write. */
  @FunctionalInterface
  private interface Change {
    List<ModelRelease> on(ReleaseCommands releases) throws IOException;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "what about releases? --help lists it");
  }

  @Command(
      name = "publish",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Copies a model artifact into the object store and announces it.",
        "Every sha256 is checked before and after. Nobody uses it until it is promoted or put in",
        "the shadow."
      })
  int publish(
      @Parameters(paramLabel = "DIR", description = "Model artifact.") Path folder,
      @Option(
              names = "--store",
              paramLabel = "URI",
              description =
                  "Object store that scorers reach under the same name: a folder, a file: URI or"
                      + " s3://BUCKET/PREFIX (default: FRAMEWARDEN_STORE, else data/objects;"
                      + " `serve` has its own in framewarden-data/objects).")
          String store,
      @Mixin BrokerOption brokers,
      @Mixin SigningOption signing)
      throws IOException, InterruptedException {
    if (!Files.isDirectory(folder)) {
      throw new UserError(folder + ": no such model folder; name a model artifact");
    }
    return change(brokers, signing, releases -> publish(releases, folder, store));
  }

  private List<ModelRelease> publish(ReleaseCommands releases, Path folder, String store)
      throws IOException {
    ModelArtifact artifact = ModelArtifact.open(folder);
    List<ModelRelease> events;
    try (ObjectStore objects = ObjectStores.open(StoreOption.config(store))) {
      events = releases.publish(artifact, new ArtifactRepository(objects));
    }
    if (events.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println(artifact.digest() + " was published before; its files were copied again");
    }
    return events;
  }

  @Command(
      name = "promote",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "Makes a published model the active one: running scorers change to it.")
  int promote(
      @Parameters(paramLabel = "NAME", description = NAME) String name,
      @Parameters(paramLabel = "VERSION|DIGEST", description = WHICH) String which,
      @Mixin BrokerOption brokers,
      @Mixin SigningOption signing)
      throws IOException, InterruptedException {
    return change(brokers, signing, releases -> releases.promote(name, which));
  }

  @Command(
      name = "shadow",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Has a published model score a share of the videos beside the active one.",
        "Its scores go to the topic shadow-scores and decide nothing; `release compare` compares."
      })
  int shadow(
      @Parameters(paramLabel = "NAME", description = NAME) String name,
      @Parameters(paramLabel = "VERSION|DIGEST", description = WHICH) String which,
      @Option(
              names = "--share",
              defaultValue = "0.1",
              description = "Share of the videos, above 0, at most 1 (default ${DEFAULT-VALUE}).")
          double share,
      @Mixin BrokerOption brokers,
      @Mixin SigningOption signing)
      throws IOException, InterruptedException {
    return change(brokers, signing, releases -> releases.shadow(name, which, share));
  }

  @Command(
      name = "rollback",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "Goes back to the active model before, and retires the one that is active now.")
  int rollback(
      @Parameters(paramLabel = "NAME", description = NAME) String name,
      @Mixin BrokerOption brokers,
      @Mixin SigningOption signing)
      throws IOException, InterruptedException {
    return change(brokers, signing, releases -> releases.rollback(name));
  }

  @Command(
      name = "retire",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "Takes a model out of the shadow, or out of what a rollback may go back to.")
  int retire(
      @Parameters(paramLabel = "NAME", description = NAME) String name,
      @Parameters(paramLabel = "VERSION|DIGEST", description = WHICH) String which,
      @Mixin BrokerOption brokers,
      @Mixin SigningOption signing)
      throws IOException, InterruptedException {
    return change(brokers, signing, releases -> releases.retire(name, which));
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "Prints the published models and what became of them.")
  int list(
      @Parameters(
              arity = "0..1",
              paramLabel = "NAME",
              description = "Only this model (default: all).")
          String name,
      @Option(names = "--history", description = "Every event, oldest first, not only the latest.")
          boolean every,
      @Mixin BrokerOption brokers)
      throws InterruptedException {
    ReleaseHistory history = history(brokers.connection());
    TextTable table =
        new TextTable("NAME", "VERSION", "STAGE", "SINCE", "SIGNED", "DIGEST", "WHERE");
    for (ModelRelease event : every ? history.events() : history.latest()) {
      if (name == null || name.equals(event.getModelName())) {
        table.row(
            event.getModelName(),
            event.getVersion(),
            every ? ReleaseText.stage(event) : ReleaseText.stage(history, event),
            ReleaseText.since(event),
            event.getSignature().isEmpty() ? "no" : "yes",
            event.getModelDigest(),
            event.getArtifactUri());
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(table.render());
    out.flush();
    return ExitStatus.OK;
  }

  @Command(
      name = "keygen",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Makes a key to sign releases with: FILE, to keep, and FILE.pub, for scorers'",
        "FRAMEWARDEN_RELEASE_KEYS. Scorers that have keys follow signed releases alone."
      })
  int keygen(@Parameters(paramLabel = "FILE", description = "The private key.") Path file)
      throws IOException {
    try {
      ReleaseKey.make(file);
    } catch (FileAlreadyExistsException e) {
      throw new UserError(e.getMessage() + ": is there already; name another file");
    }
    spec.commandLine().getOut().println(file + ", " + ReleaseKey.publicFile(file));
    return ExitStatus.OK;
  }

  /** Reads the releases, makes the change, writes its events and prints them. */
  private int change(BrokerOption brokers, SigningOption signing, Change change)
      throws InterruptedException, IOException {
    KafkaConnection connection = brokers.connection();
    List<ModelRelease> events;
    try {
      ReleaseHistory history = history(connection, signing.trust());
      events = signing.signed(change.on(new ReleaseCommands(history)));
    } catch (IllegalArgumentException | InvalidArtifactException e) {
      throw new UserError(e.getMessage());
    }
    if (!events.isEmpty()) {
      new ReleaseTopicWriter(connection).write(events);
    }
    PrintWriter out = spec.commandLine().getOut();
    events.forEach(event -> out.println(ReleaseText.line(event)));
    out.flush();
    return ExitStatus.OK;
  }

  /** The releases so far, whoever wrote them. */
  static ReleaseHistory history(KafkaConnection connection) throws InterruptedException {
    return history(connection, ReleaseTrust.inEverybody());
  }

  /**
   * The releases so far.
   *
   * @param trust whose releases count
   */
  private static ReleaseHistory history(KafkaConnection connection, ReleaseTrust trust)
      throws InterruptedException {
    BrokerProbe.requireBroker(connection, Topics.MODEL_RELEASES);
    return new ReleaseTopicWriter(connection).read(trust);
  }
}
