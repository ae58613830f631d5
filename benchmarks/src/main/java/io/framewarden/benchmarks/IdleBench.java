package io.framewarden.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code framewarden serve} costs while nobody uploads: processor time, wake-ups and memory of
 * the service, its broker and its decoders, as Linux counts them.
 */
public final class IdleBench {
  private static final Pattern ADDRESS = Pattern.compile("listens on (http://\\S+)");
  private static final double TICKS_PER_SECOND = 100;
  private static final long START_SECONDS = 300;
  private static final long POLL_MILLIS = 200;
  private static final int OK = 200;

  private final Path home;
  private final Path folder;
  private final int seconds;
  private final int settleSeconds;

  /**
   * @param home where the {@code framewarden} script is: what users start is what is measured
   * @param folder an empty folder for the service's data
   * @param seconds for how long is measured
   * @param settleSeconds how long the ready service is left alone before that
   */
  public IdleBench(Path home, Path folder, int seconds, int settleSeconds) {
    this.home = home;
    this.folder = folder;
    this.seconds = seconds;
    this.settleSeconds = settleSeconds;
  }

  /**
   * Starts the service, lets it settle and measures it.
   *
   * @throws IllegalStateException when it does not become ready, or this is not Linux
   */
  public Measurements run() throws IOException, InterruptedException {
    Path log = folder.resolve("serve.log");
    Process service =
        new ProcessBuilder(
                List.of(
                    home.resolve("framewarden").toString(),
                    "serve",
                    "--port",
                    "0",
                    "--kafka-port",
                    "0",
                    "--data-dir",
                    folder.resolve("data").toString()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      awaitReady(service, log);
      TimeUnit.SECONDS.sleep(settleSeconds);
      return measure(service.toHandle());
    } finally {
      service.destroy();
      service.waitFor();
    }
  }

  private Measurements measure(ProcessHandle service) throws InterruptedException {
    Map<Long, Activity> before = activities(service);
    long start = System.nanoTime();
    TimeUnit.SECONDS.sleep(seconds);
    double elapsed = (System.nanoTime() - start) / 1e9;
    Map<Long, Activity> after = activities(service);
    Map<String, Double> measured = new LinkedHashMap<>();
    after.forEach(
        (pid, now) -> {
          // What was started in between has no share in the time before it.
          Activity then = before.getOrDefault(pid, now);
          for (String name : List.of(now.name(), "all")) {
            add(measured, name + "CpuPercent", 100 * (now.cpu() - then.cpu()) / elapsed);
            add(measured, name + "WakeUpsPerSecond", (now.wakeUps() - then.wakeUps()) / elapsed);
            add(measured, name + "ResidentMib", now.residentMib());
          }
        });
    return new Measurements(measured);
  }

  private static void add(Map<String, Double> sums, String name, double value) {
    sums.merge(name, value, Double::sum);
  }

  private static void awaitReady(Process service, Path log)
      throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (System.nanoTime() < deadline && service.isAlive()) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      Matcher address = ADDRESS.matcher(Files.readString(log));
      if (address.find() && isReady(client, URI.create(address.group(1) + "/readyz"))) {
        return;
      }
    }
    throw new IllegalStateException("serve did not become ready:\n" + Files.readString(log));
  }

  private static boolean isReady(HttpClient client, URI uri) throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(uri).build();
      return client.send(request, BodyHandlers.discarding()).statusCode() == OK;
    } catch (IOException e) {
      return false; // not yet
    }
  }

  private static Map<Long, Activity> activities(ProcessHandle service) {
    Map<Long, Activity> found = new HashMap<>();
    Activity.of(service.pid(), "service").ifPresent(each -> found.put(service.pid(), each));
    service
        .descendants()
        .forEach(
            child ->
                Activity.of(child.pid(), name(child))
                    .ifPresent(each -> found.put(child.pid(), each)));
    if (found.isEmpty()) {
      throw new IllegalStateException("/proc tells nothing of the service: this needs Linux");
    }
    return found;
  }

  private static String name(ProcessHandle child) {
    String command;
    try {
      command = Files.readString(Path.of("/proc", Long.toString(child.pid()), "cmdline"));
    } catch (IOException e) {
      return "other";
    }
    if (command.contains("BrokerMain")) {
      return "broker";
    }
    return command.contains("DecoderMain") ? "decoders" : "other";
  }

  /**
   * What a process has done so far.
   *
   * @param cpu processor time in seconds
   * @param wakeUps how often one of its threads gave up the processor to wait, and so was woken
   */
  private record Activity(String name, double cpu, long wakeUps, double residentMib) {
    private static final Pattern SWITCHES =
        Pattern.compile("^voluntary_ctxt_switches:\\s+(\\d+)", Pattern.MULTILINE);
    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;

    static Optional<Activity> of(long pid, String name) {
      Path process = Path.of("/proc", Long.toString(pid));
      try (var threads = Files.list(process.resolve("task"))) {
        long wakeUps = 0;
        for (Path thread : (Iterable<Path>) threads::iterator) {
          wakeUps += number(SWITCHES, Files.readString(thread.resolve("status")));
        }
        String stat = Files.readString(process.resolve("stat"));
        // The name in parentheses may hold spaces.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        double ticks = Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]);
        double resident = ProcessSample.of(pid).map(ProcessSample::residentMib).orElse(0.0);
        return Optional.of(new Activity(name, ticks / TICKS_PER_SECOND, wakeUps, resident));
      } catch (IOException e) {
        return Optional.empty(); // it has ended
      }
    }

    private static long number(Pattern pattern, String text) {
      Matcher line = pattern.matcher(text);
      return line.find() ? Long.parseLong(line.group(1)) : 0;
    }
  }
}
