package io.framewarden.runtime.store.s3;

import io.framewarden.runtime.store.StoreConfig;
import java.io.IOException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/**
 * A bucket of somebody else's, from which objects are read and where nothing else is done. Keys are
 * whatever S3 allows. Safe for several threads.
 */
public final class SourceBucket implements AutoCloseable {
  private final S3Client client;
  private final String bucket;

  private SourceBucket(S3Client client, String bucket) {
    this.client = client;
    this.bucket = bucket;
  }

  /**
   * Opens the bucket; nothing is asked of it yet.
   *
   * @param config how S3 is reached
   * @throws IllegalArgumentException when no region is known
   */
  public static SourceBucket open(StoreConfig config, String bucket) {
    return new SourceBucket(S3Clients.open(config), bucket);
  }

  /**
   * Reads an object from its beginning; the caller closes it.
   *
   * @param version of the object; empty for the latest
   * @throws java.nio.file.NoSuchFileException when there is no such object
   * @throws java.nio.file.AccessDeniedException when this one may not be read
   */
  public SourceObject open(String key, String version) throws IOException {
    GetObjectRequest.Builder request = GetObjectRequest.builder().bucket(bucket).key(key);
    if (!version.isEmpty()) {
      request.versionId(version);
    }
    Download content = Download.start(client, request.build(), "s3://" + bucket + "/" + key);
    return new SourceObject(content, content.metadata());
  }

  @Override
  public void close() {
    client.close();
  }
}
