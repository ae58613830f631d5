package io.framewarden.ingest.pace;

import io.framewarden.runtime.lifecycle.Health;
import io.framewarden.runtime.lifecycle.Service;
import io.framewarden.runtime.lifecycle.Worker;
import io.framewarden.schemas.text.CountText;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets face frames pass as long as what waits for the scorers is well below what the topic retains,
 * so that overload delays and never loses, and as long as there is room on the disk, where that is
 * known. Between two measurements no more passes than there was room for. Once too much waits,
 * nothing passes until a good part of it is scored.
 *
 * <p>Where the lag cannot be measured everything passes, after a few tries, and the health and the
 * log say so. Safe for several threads; measures on one of its own.
 */
public final class ExtractionThrottle implements Service, FrameFlowListener {
  private static final Logger LOG = LoggerFactory.getLogger(ExtractionThrottle.class);

  /** What waits must have shrunk to this part of the threshold before frames pass again. */
  private static final double RESUME_FACTOR = 0.7;

  /** Failures in a row after which a pause ends. */
  private static final int MAX_FAILURES = 3;

  private static final long UNLIMITED = Long.MAX_VALUE;

  private final ThrottleConfig config;
  private final ScorerLagSource source;
  private final DiskRoom disk;
  private final ThrottleMetrics metrics;
  private final Worker worker;
  private long sent;
  private long acknowledged;
  private long ceiling;
  private boolean measured;
  private boolean paused;
  private boolean asked;
  private boolean closed;

  /** The thread that asks the brokers; null while none does. */
  private Thread measuring;

  private int failures;
  private long lost;
  private String failure = "";

  /** Why the disk holds everything back; empty while it does not. */
  private String shortage = "";

  public ExtractionThrottle(
      ThrottleConfig config, ScorerLagSource source, DiskRoom disk, CollectorRegistry registry) {
    this.config = config;
    this.source = source;
    this.disk = disk;
    this.metrics = new ThrottleMetrics(registry);
    this.worker = new Worker("scorer-lag", this::step, this::wake, () -> {});
  }

  @Override
  public String name() {
    return "extraction throttle";
  }

  /** Begins to measure, unless there is nothing to wait for. */
  @Override
  public void start() {
    if (isMeasuring()) {
      worker.start();
    }
  }

  private boolean isMeasuring() {
    return config.isOn() || disk != DiskRoom.UNKNOWN;
  }

  /**
   * Waits until frames may pass.
   *
   * @throws InterruptedException when the thread is interrupted
   */
  public void await() throws InterruptedException {
    synchronized (this) {
      if (passes()) {
        return;
      }
    }
    long began = System.nanoTime();
    try {
      awaitRoom();
    } finally {
      metrics.waited((System.nanoTime() - began) / 1e9);
    }
  }

  private synchronized void awaitRoom() throws InterruptedException {
    while (!passes()) {
      if (!paused && shortage.isEmpty() && !asked) {
        asked = true; // there may be room again already
        notifyAll();
      }
      wait();
    }
  }

  private boolean passes() {
    return !isMeasuring() || closed || (shortage.isEmpty() && measured && sent < ceiling);
  }

  @Override
  public synchronized void sent(int bytes) {
    sent += bytes;
  }

  @Override
  public synchronized void acknowledged(int bytes) {
    acknowledged += bytes;
  }

  private void step() throws InterruptedException {
    look();
    if (config.isOn()) {
      measure();
    } else {
      pass();
    }
    pause();
  }

  private void measure() throws InterruptedException {
    try {
      long before = beginToMeasure();
      apply(source.measure(config.threshold()), before);
    } catch (IOException e) {
      failed(e);
    } finally {
      endMeasuring();
    }
  }

  private synchronized long beginToMeasure() throws InterruptedException {
    if (closed) {
      throw new InterruptedException("closed");
    }
    measuring = Thread.currentThread();
    return acknowledged;
  }

  private synchronized void endMeasuring() {
    measuring = null;
  }

  /** Whatever waits for the scorers. */
  private synchronized void pass() {
    ceiling = UNLIMITED;
    measured = true;
    notifyAll();
  }

  private void look() {
    String found = disk.shortage().orElse("");
    synchronized (this) {
      if (found.isEmpty() != shortage.isEmpty()) {
        if (found.isEmpty()) {
          LOG.info("extraction goes on: there is room on the disk again");
        } else {
          LOG.warn("extraction waits: {}", found);
        }
      }
      shortage = found;
      metrics.paused(isPaused());
    }
  }

  private boolean isPaused() {
    return paused || !shortage.isEmpty();
  }

  private synchronized void apply(ScorerLag lag, long acknowledgedBefore) {
    if (!failure.isEmpty()) {
      LOG.info("the scorers' lag can be measured again");
    }
    failure = "";
    failures = 0;
    boolean before = paused;
    paused = lag.fullness() >= config.threshold() * (paused ? RESUME_FACTOR : 1);
    ceiling =
        paused
            ? 0
            : lag.roomBytes() == UNLIMITED ? UNLIMITED : acknowledgedBefore + lag.roomBytes();
    measured = true;
    if (paused != before) {
      logChange(lag);
    }
    if (lag.lost() > lost) {
      LOG.error(
          "face-frames has forgotten {} frames before a scorer took them: give it more retention",
          lag.lost());
    }
    lost = lag.lost();
    metrics.measured(lag, isPaused());
    notifyAll();
  }

  private void logChange(ScorerLag lag) {
    String part = "the scorers are behind by %s, %.0f %% of what face-frames retains";
    String text = part.formatted(CountText.of(lag.frames(), "frame"), 100 * lag.fullness());
    if (paused) {
      LOG.warn("extraction waits: {}", text);
    } else {
      LOG.info("extraction goes on: {}", text);
    }
  }

  private synchronized void failed(IOException e) {
    if (failure.isEmpty()) {
      LOG.warn("the scorers' lag cannot be measured, extraction goes on without: {}", e.toString());
    }
    failure = String.valueOf(e.getMessage());
    failures++;
    if (!paused || failures >= MAX_FAILURES) {
      paused = false;
      ceiling = UNLIMITED;
      measured = true;
    }
    metrics.unknown(isPaused());
    notifyAll();
  }

  @SuppressWarnings("WaitNotInLoop") // waking early means measuring early
  private synchronized void pause() throws InterruptedException {
    long until = System.nanoTime() + config.every().toNanos();
    while (!closed && !asked) {
      long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      if (left <= 0) {
        break;
      }
      wait(left);
    }
    if (asked && !closed) {
      // So many would else ask for a measurement each: it takes a little time for frames to count.
      wait(Math.min(Duration.ofMillis(100).toMillis(), config.every().toMillis()));
    }
    asked = false;
  }

  private synchronized void wake() {
    closed = true;
    if (measuring != null) {
      measuring.interrupt(); // a broker that is gone would be waited for a minute
    }
    notifyAll();
  }

  /** Never unready: extraction that waits is as it should be. */
  @Override
  public synchronized Health health() {
    if (!shortage.isEmpty()) {
      return Health.ready("extraction waits: " + shortage);
    }
    if (!failure.isEmpty()) {
      return Health.ready("extraction does not look at the scorers' lag: " + failure);
    }
    return paused ? Health.ready("extraction waits for the scorers") : Health.ready();
  }

  @Override
  public void close() {
    worker.close();
  }
}
