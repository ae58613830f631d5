package io.framewarden.schemas.serde;

import java.nio.charset.StandardCharsets;

/**
 * Encodes one type to bytes and decodes it again. Stateless and safe for several threads.
 *
 * @param <T> the type that is encoded
 */
public interface Codec<T> {

  /** Encodes a value; null gives null (a tombstone, or a record without a key). */
  byte[] encode(T value);

  /**
   * Decodes bytes; null gives null.
   *
   * @throws UnreadableMessageException when the bytes are not such a value
   */
  T decode(byte[] bytes);

  /**
   * UTF-8 text, as used by every key. Malformed bytes become U+FFFD rather than an error: a key
   * only chooses the partition, and the value repeats what it names.
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
