package io.framewarden.runtime.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/**
 * Named objects. Writes are atomic: an object is there whole or not at all. Safe for several
 * threads. Close it after whoever uses it.
 */
public interface ObjectStore extends AutoCloseable {

  /** A stored object and the digest that was taken while it was written. */
  record Stored(URI uri, String sha256, long bytes) {}

  /**
   * Writes an object, replacing any of the same key. The stream is read to its end and left open.
   *
   * @param key relative, of letters, digits, {@code . _ -} and {@code /}
   * @param limit the most bytes to accept
   * @throws IllegalArgumentException when the key is none
   * @throws ObjectTooLargeException when the content is larger; nothing is kept then
   * @throws StoreFullException when there is no room for it; nothing is kept then
   */
  Stored put(String key, InputStream content, long limit) throws IOException;

  /**
   * Bytes that the disk that writing needs has room for: the store's own, or the one that content
   * lies on before it goes away. Objects of other processes may take it first.
   */
  long freeBytes() throws IOException;

  /**
   * Where the object of a key is, or would be.
   *
   * @throws IllegalArgumentException when the key is none
   */
  URI uri(String key);

  /**
   * How many bytes an object has.
   *
   * @throws java.nio.file.NoSuchFileException when there is no such object
   * @throws IllegalArgumentException when the URI points outside this store
   */
  long size(URI uri) throws IOException;

  /**
   * The object as a local file, for readers that need to seek. A store that is far away copies the
   * object to a disk and deletes that copy when it is closed: extraction, who asks for most, reads
   * an object once, so a cache would keep what nobody asks for again.
   *
   * @throws java.nio.file.NoSuchFileException when there is no such object
   * @throws IllegalArgumentException when the URI points outside this store
   * @throws StoreFullException when there is no room for a copy
   */
  LocalCopy local(URI uri) throws IOException;

  /**
   * Reads an object from its beginning; the caller closes the stream.
   *
   * @throws java.nio.file.NoSuchFileException when there is no such object
   * @throws IllegalArgumentException when the URI points outside this store
   */
  InputStream open(URI uri) throws IOException;

  /**
   * Removes the object if it is there.
   *
   * @throws IllegalArgumentException when the URI points outside this store, or names no object
   */
  void delete(URI uri) throws IOException;

  @Override
  void close() throws IOException;
}
