package io.framewarden.runtime.store.s3;

import io.framewarden.runtime.process.WorkDirectory;
import io.framewarden.runtime.store.ContentCopy;
import io.framewarden.runtime.store.FreeSpace;
import io.framewarden.runtime.store.LocalCopy;
import io.framewarden.runtime.store.ObjectKeys;
import io.framewarden.runtime.store.ObjectStore;
import io.framewarden.runtime.store.StoreConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Objects in one S3 bucket, under one prefix. URIs that point anywhere else are refused. */
public final class S3ObjectStore implements ObjectStore {
  private static final Logger LOG = LoggerFactory.getLogger(S3ObjectStore.class);
  private static final int FORBIDDEN = 403;

  /** S3's own limits: 5 MiB at least, 10,000 parts at most. */
  private static final long PART_BYTES = 8 << 20;

  private static final long MAX_PART_BYTES = 512 << 20;
  private static final long MAX_PARTS = 10_000;

  private final S3Client client;
  private final String bucket;
  private final String prefix;
  private final WorkDirectory work;
  private final FreeSpace space;

  private S3ObjectStore(
      S3Client client, String bucket, String prefix, WorkDirectory work, FreeSpace space) {
    this.client = client;
    this.bucket = bucket;
    this.prefix = prefix;
    this.work = work;
    this.space = space;
  }

  /**
   * Opens the store, and aborts what is old and unfinished under its prefix.
   *
   * @param prefix of every key: empty, or ending in a slash
   * @param reserved tells how much of the work folder's disk is left free
   * @throws IllegalArgumentException when no region is known
   * @throws IOException when the bucket cannot be used, or the work folder
   */
  public static S3ObjectStore open(
      StoreConfig config, String bucket, String prefix, LongSupplier reserved) throws IOException {
    S3Client client = S3Clients.open(config);
    WorkDirectory work = null;
    try {
      work = WorkDirectory.in(config.work());
      S3ObjectStore store =
          new S3ObjectStore(client, bucket, prefix, work, new FreeSpace(work.path(), reserved));
      store.requireBucket();
      store.abortOlderThan(config.staleAfter());
      return store;
    } catch (IOException | RuntimeException e) {
      client.close();
      if (work != null) {
        work.close();
      }
      throw e;
    }
  }

  @Override
  public Stored put(String key, InputStream content, long limit) throws IOException {
    URI uri = uri(key);
    long most = Math.min(limit, MAX_PART_BYTES * MAX_PARTS);
    // Rounded up: a content of exactly the limit still has no more than the most parts.
    long partBytes = Math.max(PART_BYTES, (most + MAX_PARTS - 1) / MAX_PARTS);
    Path file = work.file();
    try {
      space.require(0);
      ContentCopy copy = new ContentCopy(content, most, space);
      new Upload(client, bucket, prefix + key, file, partBytes).send(copy);
      return new Stored(uri, copy.sha256(), copy.bytes());
    } catch (SdkException e) {
      throw S3Errors.of(uri.toString(), e);
    } catch (IOException e) {
      throw FreeSpace.explained(e);
    } catch (UncheckedIOException e) {
      throw FreeSpace.explained(e.getCause());
    } finally {
      Files.deleteIfExists(file);
    }
  }

  @Override
  public long freeBytes() throws IOException {
    return space.bytes();
  }

  @Override
  public URI uri(String key) {
    return URI.create("s3://" + bucket + "/" + prefix + ObjectKeys.require(key));
  }

  @Override
  public long size(URI uri) throws IOException {
    String key = key(uri);
    return ask(uri, () -> client.headObject(head -> head.bucket(bucket).key(key)).contentLength());
  }

  @Override
  public LocalCopy local(URI uri) throws IOException {
    Path file = work.file();
    boolean whole = false;
    try (Download download = download(uri)) {
      space.require(download.length());
      Files.copy(download, file);
      whole = true;
      return LocalCopy.temporary(file);
    } catch (IOException e) {
      throw FreeSpace.explained(e);
    } finally {
      if (!whole) {
        Files.deleteIfExists(file);
      }
    }
  }

  @Override
  public InputStream open(URI uri) throws IOException {
    return download(uri);
  }

  @Override
  public void delete(URI uri) throws IOException {
    String key = key(uri);
    ask(uri, () -> client.deleteObject(gone -> gone.bucket(bucket).key(key)));
  }

  @Override
  public void close() throws IOException {
    client.close();
    work.close();
  }

  private Download download(URI uri) throws IOException {
    return Download.start(
        client, GetObjectRequest.builder().bucket(bucket).key(key(uri)).build(), uri.toString());
  }

  /** The key with its prefix; a URI is taken as it is written, without any escape. */
  private String key(URI uri) {
    String start = "s3://" + bucket + "/" + prefix;
    String text = uri.toString();
    if (!text.startsWith(start) || !ObjectKeys.isKey(text.substring(start.length()))) {
      throw new IllegalArgumentException(uri + " is not in the object store at " + start);
    }
    return prefix + text.substring(start.length());
  }

  private static <T> T ask(URI uri, Supplier<T> question) throws IOException {
    try {
      return question.get();
    } catch (SdkException e) {
      throw S3Errors.of(uri.toString(), e);
    }
  }

  private void requireBucket() throws IOException {
    try {
      client.headBucket(head -> head.bucket(bucket));
    } catch (S3Exception e) {
      if (e.statusCode() == FORBIDDEN) {
        // Reading and writing objects is another permission than asking about the bucket.
        LOG.warn("s3://{}: may not be asked about: {}", bucket, e.getMessage());
        return;
      }
      throw bucketUnusable(e);
    } catch (SdkException e) {
      throw bucketUnusable(e);
    }
  }

  private IOException bucketUnusable(SdkException failure) {
    IOException explained = S3Errors.of("s3://" + bucket, failure);
    return new IOException(
        explained instanceof NoSuchFileException
            ? "s3://" + bucket + ": there is no such bucket; create it first"
            : explained.getMessage(),
        failure);
  }

  private void abortOlderThan(Duration age) {
    Instant before = Instant.now().minus(age);
    try {
      client
          .listMultipartUploadsPaginator(list -> list.bucket(bucket).prefix(prefix))
          .uploads()
          .stream()
          .filter(upload -> upload.initiated().isBefore(before))
          .forEach(this::abort);
    } catch (SdkException e) {
      LOG.warn("half uploads in s3://{} could not be looked for: {}", bucket, e.getMessage());
    }
  }

  private void abort(MultipartUpload upload) {
    client.abortMultipartUpload(
        old -> old.bucket(bucket).key(upload.key()).uploadId(upload.uploadId()));
    LOG.info("aborted the half upload of s3://{}/{}", bucket, upload.key());
  }
}
