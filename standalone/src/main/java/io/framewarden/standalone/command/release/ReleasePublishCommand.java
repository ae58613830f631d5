package io.framewarden.standalone.command.release;

import io.framewarden.detector.release.ArtifactRepository;
import io.framewarden.detector.release.publish.ReleaseCommands;
import io.framewarden.runtime.command.ExitStatus;
import io.framewarden.runtime.command.StoreOption;
import io.framewarden.runtime.command.UserError;
import io.framewarden.runtime.store.ObjectStore;
import io.framewarden.runtime.store.factory.ObjectStores;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.v1.ModelRelease;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code framewarden release publish}: puts a model where scorers can fetch it. */
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Copies a model artifact into the object store and announces it.",
      "Every sha256 is checked before and after. Nobody uses it until it is promoted or put in the",
      "shadow."
    })
final class ReleasePublishCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR", description = "Model artifact.")
  private Path folder;

  @Option(
      names = "--store",
      paramLabel = "URI",
      description =
          "Object store that scorers reach under the same name: a folder, a file: URI or"
              + " s3://BUCKET/PREFIX (default:"
              + " FRAMEWARDEN_STORE, else data/objects; `serve` has its own in"
              + " framewarden-data/objects).")
  private String store;

  @Mixin private ReleaseOptions options;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (!Files.isDirectory(folder)) {
      throw new UserError(folder + ": no such model folder; name a model artifact");
    }
    PrintWriter out = spec.commandLine().getOut();
    options.change(out, this::publish);
    return ExitStatus.OK;
  }

  private List<ModelRelease> publish(ReleaseCommands desk) throws IOException {
    ModelArtifact artifact = ModelArtifact.open(folder);
    List<ModelRelease> events;
    try (ObjectStore objects = ObjectStores.open(StoreOption.config(store))) {
      events = desk.publish(artifact, new ArtifactRepository(objects));
    }
    if (events.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println(artifact.digest() + " was published before; its files were copied again");
    }
    return events;
  }
}
