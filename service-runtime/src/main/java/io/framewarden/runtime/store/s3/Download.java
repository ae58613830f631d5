package io.framewarden.runtime.store.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * An object from its first byte to its last. A connection that breaks is made anew where it broke,
 * a few times, and only for the same version of the object. One thread.
 */
final class Download extends InputStream {
  private static final int MAX_ATTEMPTS = 4;

  private final S3Client client;
  private final GetObjectRequest request;
  private final String what;
  private final String etag;
  private final long length;
  private ResponseInputStream<GetObjectResponse> in;
  private final Map<String, String> metadata;
  private long position;
  private int failures;

  private Download(
      S3Client client,
      GetObjectRequest request,
      String what,
      ResponseInputStream<GetObjectResponse> in) {
    this.client = client;
    this.request = request;
    this.what = what;
    this.in = in;
    this.etag = in.response().eTag();
    this.length = in.response().contentLength();
    this.metadata = Map.copyOf(in.response().metadata());
  }

  /**
   * Asks for an object.
   *
   * @param what its URI, for people
   * @throws java.nio.file.NoSuchFileException when there is none
   */
  static Download start(S3Client client, GetObjectRequest request, String what) throws IOException {
    try {
      return new Download(client, request, what, client.getObject(request));
    } catch (SdkException e) {
      throw S3Errors.of(what, e);
    }
  }

  /** What the object's owner noted on it. */
  Map<String, String> metadata() {
    return metadata;
  }

  /** Bytes of the whole object. */
  long length() {
    return length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, buffer.length);
    if (count == 0) {
      return 0;
    }
    while (position < length) {
      int read = tryToRead(buffer, offset, count);
      if (read > 0) {
        position += read;
        failures = 0;
        return read;
      }
      resume();
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    if (in != null && position == length) {
      in.close();
    } else {
      abort(); // closing would read the rest
    }
  }

  /** Bytes that were read, or none where the connection is broken. */
  private int tryToRead(byte[] buffer, int offset, int count) throws IOException {
    try {
      int read = in.read(buffer, offset, count);
      if (read > 0) {
        return read;
      }
      failed(new IOException(what + " ended before its last byte"));
    } catch (IOException e) {
      failed(e);
    } catch (SdkException e) {
      failed(S3Errors.of(what, e));
    }
    return 0;
  }

  private void failed(IOException failure) throws IOException {
    failures++;
    if (failures == MAX_ATTEMPTS) {
      throw failure;
    }
  }

  private void resume() throws IOException {
    abort();
    try {
      in =
          client.getObject(
              request.toBuilder().range("bytes=" + position + "-").ifMatch(etag).build());
    } catch (SdkException e) {
      throw S3Errors.of(what, e);
    }
  }

  private void abort() {
    if (in != null) {
      in.abort();
      in = null;
    }
  }
}
