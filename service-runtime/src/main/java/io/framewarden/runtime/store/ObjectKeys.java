package io.framewarden.runtime.store;

import java.util.regex.Pattern;

/**
 * What may be the key of an object: names of letters, digits, {@code . _ -}, none of them beginning
 * with a dot, with single slashes between them. So no key climbs, hides or needs escaping in a URI.
 */
public final class ObjectKeys {
  private static final Pattern KEY =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

  private ObjectKeys() {}

  /** Whether the text is a key. */
  public static boolean isKey(String text) {
    return KEY.matcher(text).matches();
  }

  /**
   * The key itself.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static String require(String key) {
    if (!isKey(key)) {
      throw new IllegalArgumentException("not an object key: " + key);
    }
    return key;
  }

  /** The key of a video's content. */
  public static String video(String videoId) {
    return require("uploads/" + videoId);
  }
}
