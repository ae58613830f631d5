package io.framewarden.detector.engine.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import io.framewarden.detector.TinyModel;
import io.framewarden.detector.engine.FaceBatch;
import io.framewarden.detector.release.ModelLoader;
import io.framewarden.runtime.lifecycle.LargeStack;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Scores, in a network of its own whose resolver it is, and says which names were asked for and how
 * many connections to other machines were tried: with the product's engine until its input ends, or
 * with ONNX Runtime as it comes until that has asked for a name, for 45 s at most.
 */
public final class ScoringProcess {
  private static final int DNS_PORT = 53;
  private static final int DNS_HEADER_BYTES = 12;

  private ScoringProcess() {}

  public static void main(String[] arguments) throws Exception {
    BlockingQueue<String> names = new LinkedBlockingQueue<>();
    DatagramSocket resolver = new DatagramSocket(DNS_PORT, InetAddress.getByName("127.0.0.1"));
    Thread listener = new Thread(() -> listen(resolver, names), "resolver");
    listener.setDaemon(true);
    listener.start();
    Path folder = Path.of(arguments[1]);
    if (arguments[0].equals("product")) {
      score(folder);
      System.out.println("names: " + List.copyOf(names) + ", connections: " + connections());
    } else {
      OrtEnvironment environment = LargeStack.call(OrtEnvironment::getEnvironment);
      OrtSession session = environment.createSession(folder.resolve("model.onnx").toString());
      String first = names.poll(45, TimeUnit.SECONDS);
      System.out.println("names: " + (first == null ? List.of() : List.of(first)));
      session.close();
    }
    System.exit(0);
  }

  private static void score(Path folder) throws IOException {
    FaceBatch faces = FaceBatch.of(TinyModel.SHAPE, List.of(TinyModel.plain(40)));
    try (var model = new ModelLoader(new OnnxRuntimeFactory(1), 2).load(folder)) {
      model.engine().score(faces);
      System.out.println("scoring");
      while (System.in.read() >= 0) {
        // until the other one has been seen asking
      }
      model.engine().score(faces);
    }
  }

  private static void listen(DatagramSocket resolver, BlockingQueue<String> names) {
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(new byte[512], 512);
        resolver.receive(packet);
        byte[] question =
            Arrays.copyOfRange(packet.getData(), DNS_HEADER_BYTES, packet.getLength());
        names.add(new String(question, StandardCharsets.US_ASCII).replaceAll("[^a-z0-9-]+", "."));
      }
    } catch (IOException e) {
      names.add("the resolver failed: " + e);
    }
  }

  /** Tried to addresses outside: this network has no way there, which the kernel counts. */
  private static long connections() throws IOException {
    List<String[]> lines =
        Files.readAllLines(Path.of("/proc/net/snmp")).stream()
            .filter(line -> line.startsWith("Ip:"))
            .map(line -> line.split(" "))
            .toList();
    return Long.parseLong(lines.get(1)[List.of(lines.get(0)).indexOf("OutNoRoutes")]);
  }
}
