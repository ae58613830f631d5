package io.framewarden.ingest.submission;

import io.framewarden.v1.CallerReference;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Collects what a video is called in the words of its submitter's system, and checks it: it is kept
 * as it is, or refused. One submission, one thread.
 */
public final class ReferenceBuilder {
  public static final String EXTERNAL_ID = "external_id";
  public static final String USER = "user";
  public static final String POST = "post";

  /** Before the key of an entry of metadata. */
  public static final String METADATA = "metadata.";

  private static final int MAX_ID_BYTES = 255;
  private static final int MAX_ENTRIES = 16;
  private static final int MAX_VALUE_BYTES = 512;

  /** Keys and values; what is percent-encoded still fits into the headers that a server takes. */
  private static final int MAX_BYTES = 2048;

  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private final CallerReference.Builder reference = CallerReference.newBuilder();
  private int bytes;

  /** Whether a name is of something that is collected here. */
  public static boolean isPart(String name) {
    return name.equals(EXTERNAL_ID)
        || name.equals(USER)
        || name.equals(POST)
        || name.startsWith(METADATA);
  }

  /**
   * Adds one part.
   *
   * @param name one that {@link #isPart}
   * @param value an empty one is as none
   * @throws ApiException when it is too long, or no text that can be shown
   */
  public void add(String name, String value) throws ApiException {
    boolean isMetadata = name.startsWith(METADATA);
    if (isMetadata && !KEY.matcher(name.substring(METADATA.length())).matches()) {
      throw malformed("a key of metadata has 1 to 64 of A-Z a-z 0-9 _ . and -");
    }
    int length = value.getBytes(StandardCharsets.UTF_8).length;
    int longest = isMetadata ? MAX_VALUE_BYTES : MAX_ID_BYTES;
    if (length > longest) {
      throw malformed(name + " has at most " + longest + " bytes of UTF-8");
    }
    if (!value.codePoints().allMatch(ReferenceBuilder::isPrintable)) {
      throw malformed(name + " must be UTF-8 text without control characters");
    }
    bytes += length;
    switch (name) {
      case EXTERNAL_ID -> reference.setExternalId(value);
      case USER -> reference.setUser(value);
      case POST -> reference.setPost(value);
      default -> putMetadata(name.substring(METADATA.length()), value);
    }
  }

  /**
   * All that was added; the default instance where nothing was.
   *
   * @throws ApiException when it is too much
   */
  public CallerReference build() throws ApiException {
    if (reference.getMetadataCount() > MAX_ENTRIES) {
      throw malformed("metadata has at most " + MAX_ENTRIES + " entries");
    }
    if (bytes > MAX_BYTES) {
      throw malformed(
          "external_id, user, post and metadata have at most "
              + MAX_BYTES
              + " bytes of UTF-8 together, keys included");
    }
    return reference.build();
  }

  private void putMetadata(String key, String value) {
    bytes += key.length();
    if (!value.isEmpty()) {
      reference.putMetadata(key, value);
    }
  }

  /** Bytes that are no UTF-8 have become replacement characters on their way here. */
  private static boolean isPrintable(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      case Character.FORMAT -> point == 0x200C || point == 0x200D; // joiners, of scripts and emoji
      default -> point != 0xFFFD;
    };
  }

  private static ApiException malformed(String what) {
    return new ApiException(ProblemType.MALFORMED_REQUEST, what);
  }
}
