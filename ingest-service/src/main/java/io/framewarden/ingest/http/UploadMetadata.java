package io.framewarden.ingest.http;

import io.framewarden.ingest.submission.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What is read of a tus upload's metadata: pairs of a key and a base64 value, separated by commas.
 *
 * @param fileName the value of the keys "filename" or "name"; empty where neither is given
 */
record UploadMetadata(String fileName) {
  private static final int LONGEST = 4096;

  /**
   * Reads the header's value.
   *
   * @param header null for none
   */
  static UploadMetadata parse(String header) throws ApiException {
    String found = "";
    if (header != null && header.length() > LONGEST) {
      throw RequestReader.malformed("Upload-Metadata has at most " + LONGEST + " characters");
    }
    for (String pair : header == null ? new String[0] : header.split(",")) {
      String[] parts = pair.strip().split(" ", 2);
      boolean isName = parts[0].equals("filename") || (parts[0].equals("name") && found.isEmpty());
      if (isName && parts.length == 2) {
        found = decode(parts[1].strip());
      }
    }
    return new UploadMetadata(found);
  }

  private static String decode(String base64) throws ApiException {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw RequestReader.malformed("Upload-Metadata is not pairs of a key and a base64 value");
    }
  }
}
