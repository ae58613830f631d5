package io.framewarden.docs;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.framewarden.detector.engine.onnxruntime.OnnxRuntimeFactory;
import io.framewarden.testkit.CommandRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Runs framewarden commands one after the other in a process of its own, so that they have a
 * working folder and environment as in a shell without a start of Java for each. One client at a
 * time; it owns the process.
 */
final class CommandServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final Writer requests;
  private final BufferedReader responses;

  /** What a command printed, and its exit status. */
  record Response(int status, String out, String err) {}

  CommandServer(Path folder, Map<String, String> environment) throws IOException {
    process = Jvm.start(CommandServer.class, folder, environment, folder.resolve("commands.log"));
    requests = process.outputWriter(StandardCharsets.UTF_8);
    responses = process.inputReader(StandardCharsets.UTF_8);
  }

  Response run(List<String> arguments) throws IOException {
    requests.write(JSON.writeValueAsString(arguments) + "\n");
    requests.flush();
    String line = responses.readLine();
    if (line == null) {
      throw new IOException("the process ended while it ran " + arguments);
    }
    return JSON.readValue(line, Response.class);
  }

  @Override
  public void close() throws IOException {
    requests.close();
    process.destroy();
  }

  /** The process: a list of arguments a line in, a response a line out. */
  public static void main(String[] none) throws IOException {
    // DJL must be the one that starts it, and commands that do without DJL may come first.
    OnnxRuntimeFactory.startRuntime();
    PrintStream out = System.out;
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      List<String> arguments = List.of(JSON.readValue(line, String[].class));
      CommandRun run = CommandTree.of(arguments).run(arguments);
      out.println(JSON.writeValueAsString(new Response(run.status(), run.out(), run.err())));
      out.flush();
    }
  }
}
