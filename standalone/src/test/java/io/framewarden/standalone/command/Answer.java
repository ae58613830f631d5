package io.framewarden.standalone.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framewarden.standalone.FramewardenMain;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** What a command line answered. */
public record Answer(int status, String out, String err) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static Answer of(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = FramewardenMain.run(args, new PrintWriter(out), new PrintWriter(err));
    return new Answer(status, out.toString(), err.toString());
  }

  public List<JsonNode> lines() {
    return out.lines().map(Answer::parse).toList();
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not a line of JSON: " + line, e);
    }
  }
}
