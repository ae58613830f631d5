package io.framewarden.schemas.golden;

import com.google.protobuf.Message;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The messages of one contract version, as they were when that version was new.
 *
 * @param version the folder under {@code src/test/resources/golden}
 * @param messages by file name without its extension
 */
record GoldenSet(String version, Map<String, Message> messages) {

  /** Every enum constant of the version, one a line. */
  static final String ENUMS = "enums.txt";

  /** All sets, oldest first. A released set is never changed; a new one is added. */
  static List<GoldenSet> all() {
    return List.of(GoldenV1.set());
  }

  byte[] bytes(String name) throws IOException {
    return resource(name + ".binpb");
  }

  String json(String name) throws IOException {
    return new String(resource(name + ".json"), StandardCharsets.UTF_8);
  }

  List<String> enumConstants() throws IOException {
    return new String(resource(ENUMS), StandardCharsets.UTF_8).lines().toList();
  }

  private byte[] resource(String file) throws IOException {
    String path = "/golden/" + version + "/" + file;
    try (InputStream in = GoldenSet.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IOException(
            path + " is missing; run the golden writer, see the README of schemas");
      }
      return in.readAllBytes();
    }
  }
}
