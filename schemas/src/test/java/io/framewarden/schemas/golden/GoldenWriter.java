package io.framewarden.schemas.golden;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes the golden files that are not there yet. What is there is never touched: it stands for
 * bytes that are already on somebody's topic.
 */
final class GoldenWriter {
  private static final JsonFormat.Printer INDENTED =
      JsonFormat.printer().alwaysPrintFieldsWithNoPresence();

  private GoldenWriter() {}

  /** Writes the missing files of every set under {@code resources/golden}; returns them. */
  static List<Path> writeMissing(Path resources, List<FileDescriptor> contracts)
      throws IOException {
    List<Path> written = new ArrayList<>();
    for (GoldenSet set : GoldenSet.all()) {
      Path folder = Files.createDirectories(resources.resolve("golden").resolve(set.version()));
      for (Map.Entry<String, Message> message : set.messages().entrySet()) {
        String json = INDENTED.print(message.getValue()) + "\n";
        write(
            folder.resolve(message.getKey() + ".binpb"), message.getValue().toByteArray(), written);
        write(folder.resolve(message.getKey() + ".json"), utf8(json), written);
      }
      String enums = String.join("\n", enumConstants(contracts)) + "\n";
      write(folder.resolve(GoldenSet.ENUMS), utf8(enums), written);
    }
    return written;
  }

  /** Every enum constant as {@code Enum.CONSTANT=number}. */
  static List<String> enumConstants(List<FileDescriptor> contracts) {
    List<String> constants = new ArrayList<>();
    for (FileDescriptor file : contracts) {
      for (EnumDescriptor type : file.getEnumTypes()) {
        for (EnumValueDescriptor value : type.getValues()) {
          constants.add(type.getName() + "." + value.getName() + "=" + value.getNumber());
        }
      }
    }
    return constants.stream().distinct().sorted().toList();
  }

  private static void write(Path file, byte[] content, List<Path> written) throws IOException {
    if (!Files.exists(file)) {
      Files.write(file, content, StandardOpenOption.CREATE_NEW);
      written.add(file);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
