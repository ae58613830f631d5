package io.framewarden.schemas.serde;

import java.nio.charset.StandardCharsets;

/**
 * How one type travels: to bytes and back. Stateless and safe for use by several threads.
 *
 * @param <T> the type that travels
 */
public interface Codec<T> {

  /** The wire bytes of {@code value}; null gives null (a tombstone, or a record without a key). */
  byte[] encode(T value);

  /**
   * Reads wire bytes; null gives null.
   *
   * @throws UnreadableMessageException when the bytes are not such a value
   */
  T decode(byte[] bytes);

  /**
   * UTF-8 text, as used by every key. Malformed bytes become U+FFFD rather than an error: a key
   * only chooses the partition, and what it names stands in the value too.
   */
  static Codec<String> text() {
    return new Codec<>() {
      @Override
      public byte[] encode(String value) {
        return value == null ? null : value.getBytes(StandardCharsets.UTF_8);
      }

      @Override
      public String decode(byte[] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
      }
    };
  }

  /** The bytes themselves, as used by dead letters. */
  static Codec<byte[]> bytes() {
    return new Codec<>() {
      @Override
      public byte[] encode(byte[] value) {
        return value;
      }

      @Override
      public byte[] decode(byte[] bytes) {
        return bytes;
      }
    };
  }
}
