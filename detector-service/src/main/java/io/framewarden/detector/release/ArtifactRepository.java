package io.framewarden.detector.release;

import io.framewarden.runtime.store.ObjectStore;
import io.framewarden.schemas.model.InvalidArtifactException;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.schemas.model.ModelManifest;
import io.framewarden.schemas.model.Sha256;
import io.framewarden.v1.ModelRelease;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;

/**
 * Model artifacts in the object store, under {@code models/NAME/DIGEST/}. What comes out of the
 * store is trusted only if its sha256 is right: the release names the manifest's, the manifest
 * those of the files. Stateless.
 */
public final class ArtifactRepository {
  private static final int MAX_MANIFEST_BYTES = 1 << 20;

  private final ObjectStore store;

  public ArtifactRepository(ObjectStore store) {
    this.store = store;
  }

  /**
   * Copies an artifact into the store and reads it back. The manifest goes last, so that a copy
   * that was interrupted is no artifact.
   *
   * @return where it is now
   * @throws InvalidArtifactException when the folder is no sound artifact
   * @throws IllegalArgumentException when its name or a file's name cannot be one in the store
   * @throws IOException when the store cannot be written, or gives back other bytes
   */
  public URI publish(ModelArtifact artifact) throws IOException {
    String prefix = "models/" + artifact.manifest().name() + "/" + artifact.digest() + "/";
    for (Map.Entry<String, String> file : artifact.manifest().files().entrySet()) {
      copy(artifact.folder().resolve(file.getKey()), prefix + file.getKey(), file.getValue());
    }
    copy(
        artifact.folder().resolve(ModelArtifact.MANIFEST),
        prefix + ModelArtifact.MANIFEST,
        artifact.digest());
    return store.uri(prefix + ModelArtifact.MANIFEST).resolve(".");
  }

  private void copy(Path file, String key, String sha256) throws IOException {
    ObjectStore.Stored stored;
    try (InputStream content = Files.newInputStream(file)) {
      stored = store.put(key, content, Files.size(file));
    }
    MessageDigest digest = Sha256.start();
    try (InputStream back = store.open(stored.uri())) {
      copy(back, OutputStream.nullOutputStream(), digest, Long.MAX_VALUE);
    }
    String read = Sha256.finish(digest);
    if (!stored.sha256().equals(sha256) || !read.equals(sha256)) {
      throw new IOException(
          file
              + " has sha256 "
              + sha256
              + ", but was written to "
              + stored.uri()
              + " as "
              + stored.sha256()
              + " and read back as "
              + read
              + ": publish it again");
    }
  }

  /**
   * Copies a released artifact into a folder.
   *
   * @param folder new and empty; its contents are not usable after a refusal
   * @param maxBytes to take
   * @return the artifact, checked in that folder
   * @throws ModelRefusedException when it cannot be read, is not the one released, or not sound
   */
  public ModelArtifact fetch(ModelRelease release, Path folder, long maxBytes) {
    try {
      URI source = folderOf(release);
      byte[] json = readManifest(source, release);
      ModelManifest manifest = ModelArtifact.readManifest(source.toString(), json);
      Files.write(folder.resolve(ModelArtifact.MANIFEST), json);
      long left = maxBytes - json.length;
      for (Map.Entry<String, String> file : manifest.files().entrySet()) {
        left -= fetch(source, file.getKey(), file.getValue(), folder, left);
      }
      return ModelArtifact.open(folder);
    } catch (InvalidArtifactException e) {
      throw refused(ModelRefusedException.Reason.ARTIFACT, release, e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw refused(
          ModelRefusedException.Reason.ARTIFACT, release, e.getMessage() + " is missing", e);
    } catch (IOException | IllegalArgumentException e) {
      throw refused(ModelRefusedException.Reason.FETCH, release, e.getMessage(), e);
    }
  }

  private static URI folderOf(ModelRelease release) {
    String uri = release.getArtifactUri();
    return URI.create(uri.endsWith("/") ? uri : uri + "/");
  }

  private byte[] readManifest(URI source, ModelRelease release) throws IOException {
    byte[] json;
    try (InputStream in = store.open(source.resolve(ModelArtifact.MANIFEST))) {
      json = in.readNBytes(MAX_MANIFEST_BYTES + 1);
    }
    String digest = Sha256.of(json);
    if (!digest.equals(release.getModelDigest())) {
      throw refused(
          ModelRefusedException.Reason.DIGEST,
          release,
          "the manifest there has sha256 " + digest,
          null);
    }
    return json;
  }

  private long fetch(URI source, String name, String sha256, Path folder, long maxBytes)
      throws IOException {
    Path target = folder.resolve(name);
    Files.createDirectories(target.getParent());
    MessageDigest digest = Sha256.start();
    long bytes;
    try (InputStream in = store.open(source.resolve(name));
        OutputStream out = Files.newOutputStream(target)) {
      bytes = copy(in, out, digest, maxBytes);
    }
    String actual = Sha256.finish(digest);
    if (!actual.equals(sha256)) {
      throw new InvalidArtifactException(
          source.resolve(name) + " has sha256 " + actual + ", the manifest says " + sha256);
    }
    return bytes;
  }

  private static long copy(InputStream in, OutputStream out, MessageDigest digest, long maxBytes)
      throws IOException {
    long bytes = 0;
    byte[] buffer = new byte[1 << 16];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      bytes += read;
      if (bytes > maxBytes) {
        throw new InvalidArtifactException("the artifact is larger than the cache of models");
      }
      digest.update(buffer, 0, read);
      out.write(buffer, 0, read);
    }
    return bytes;
  }

  private static ModelRefusedException refused(
      ModelRefusedException.Reason reason, ModelRelease release, String problem, Throwable cause) {
    return new ModelRefusedException(
        reason,
        "model %s %s (manifest %s) at %s: %s"
            .formatted(
                release.getModelName(),
                release.getVersion(),
                release.getModelDigest(),
                release.getArtifactUri(),
                problem),
        cause);
  }
}
