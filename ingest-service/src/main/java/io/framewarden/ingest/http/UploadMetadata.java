package io.framewarden.ingest.http;

import io.framewarden.ingest.submission.ApiException;
import io.framewarden.ingest.submission.ReferenceBuilder;
import io.framewarden.v1.CallerReference;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;

/**
 * What is read of a tus upload's metadata: pairs of a key and a base64 value, separated by commas.
 *
 * @param fileName the value of the keys "filename" or "name"; empty where neither is given
 * @param reference of the keys that {@link ReferenceBuilder} knows
 */
record UploadMetadata(String fileName, CallerReference reference) {
  private static final int LONGEST = 6144;

  /**
   * Reads the header's value.
   *
   * @param header null for none
   */
  static UploadMetadata parse(String header) throws ApiException {
    String found = "";
    ReferenceBuilder reference = new ReferenceBuilder();
    Set<String> seen = new HashSet<>();
    if (header != null && header.length() > LONGEST) {
      throw RequestReader.malformed("Upload-Metadata has at most " + LONGEST + " characters");
    }
    for (String pair : header == null ? new String[0] : header.split(",")) {
      String[] parts = pair.strip().split(" ", 2);
      boolean isName = parts[0].equals("filename") || (parts[0].equals("name") && found.isEmpty());
      if (isName && parts.length == 2) {
        found = decode(parts[1].strip());
      } else if (ReferenceBuilder.isPart(parts[0])) {
        if (!seen.add(parts[0])) {
          throw RequestReader.malformed(parts[0] + " is given more than once");
        }
        reference.add(parts[0], parts.length == 2 ? decode(parts[1].strip()) : "");
      }
    }
    return new UploadMetadata(found, reference.build());
  }

  /** The header's value that says this; empty where there is nothing to say. */
  String header() {
    StringBuilder header = new StringBuilder();
    append(header, "filename", fileName);
    append(header, ReferenceBuilder.EXTERNAL_ID, reference.getExternalId());
    append(header, ReferenceBuilder.USER, reference.getUser());
    append(header, ReferenceBuilder.POST, reference.getPost());
    reference
        .getMetadataMap()
        .forEach((key, value) -> append(header, ReferenceBuilder.METADATA + key, value));
    return header.toString();
  }

  private static void append(StringBuilder header, String key, String value) {
    if (!value.isEmpty()) {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      header
          .append(header.isEmpty() ? "" : ",")
          .append(key)
          .append(' ')
          .append(Base64.getEncoder().encodeToString(bytes));
    }
  }

  private static String decode(String base64) throws ApiException {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw RequestReader.malformed("Upload-Metadata is not pairs of a key and a base64 value");
    }
  }
}
