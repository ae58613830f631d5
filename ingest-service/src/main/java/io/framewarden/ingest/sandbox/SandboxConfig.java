package io.framewarden.ingest.sandbox;

import io.framewarden.runtime.config.ConfigDescription;
import io.framewarden.runtime.config.Settings;
import java.time.Duration;

/**
 * How decoding is confined.
 *
 * @param mode where videos are decoded
 * @param confinement what becomes of children that this machine does not confine in every way
 * @param children decoder processes; 0 stands for as many as there are workers
 * @param videosPerChild after so many a child is replaced
 * @param memoryBytes a child's address space
 * @param cpu a child's processor time, over its whole life; it is replaced at half of it
 * @param stall a child that makes no progress for so long is killed
 * @param deadline what any video may take...
 * @param deadlineFactor ...and so many seconds more for each second of it
 */
public record SandboxConfig(
    DecoderMode mode,
    ConfinementPolicy confinement,
    int children,
    int videosPerChild,
    long memoryBytes,
    Duration cpu,
    Duration stall,
    Duration deadline,
    double deadlineFactor) {
  @ConfigDescription(
      "Where videos are decoded: in confined child processes, or in the service's own process.")
  public static final String MODE = "FRAMEWARDEN_DECODER";

  @ConfigDescription(
      "Where this machine does not confine decoder processes in every way: do its best and say what"
          + " is missing, or refuse to start.")
  public static final String CONFINEMENT = "FRAMEWARDEN_DECODER_CONFINEMENT";

  @ConfigDescription(value = "Decoder processes.", byDefault = "FRAMEWARDEN_INGEST_WORKERS")
  public static final String CHILDREN = "FRAMEWARDEN_DECODER_CHILDREN";

  @ConfigDescription("Videos after which a decoder process is replaced.")
  public static final String VIDEOS = "FRAMEWARDEN_DECODER_VIDEOS";

  @ConfigDescription("Address space of a decoder process, in bytes.")
  public static final String MAX_MEMORY = "FRAMEWARDEN_DECODER_MAX_MEMORY";

  @ConfigDescription(
      "Processor time of a decoder process's whole life; it is replaced at half of it.")
  public static final String MAX_CPU = "FRAMEWARDEN_DECODER_MAX_CPU";

  @ConfigDescription("A decoder process without progress for this long is killed.")
  public static final String STALL = "FRAMEWARDEN_DECODER_STALL";

  @ConfigDescription("Time that any video may take to decode...")
  public static final String DEADLINE = "FRAMEWARDEN_DECODER_DEADLINE";

  @ConfigDescription("...and this many seconds more for each second of the video.")
  public static final String DEADLINE_FACTOR = "FRAMEWARDEN_DECODER_DEADLINE_FACTOR";

  private static final long MIN_MEMORY_BYTES = 512L << 20;

  public static SandboxConfig defaults() {
    return new SandboxConfig(
        DecoderMode.CHILD,
        ConfinementPolicy.BEST,
        0,
        100,
        4L << 30,
        Duration.ofHours(24),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        10);
  }

  public static SandboxConfig from(Settings settings) {
    SandboxConfig otherwise = defaults();
    DecoderMode mode = settings.choice(MODE, otherwise.mode, DecoderMode.class);
    ConfinementPolicy confinement =
        settings.choice(CONFINEMENT, otherwise.confinement, ConfinementPolicy.class);
    if (mode == DecoderMode.IN_PROCESS && confinement == ConfinementPolicy.REQUIRE) {
      settings.problem(
          MODE + "=in-process confines nothing, but " + CONFINEMENT + "=require is set; unset one");
    }
    return new SandboxConfig(
        mode,
        confinement,
        settings.integer(CHILDREN, otherwise.children, 1, 64),
        settings.integer(VIDEOS, otherwise.videosPerChild, 1, 1_000_000),
        settings.wholeNumber(MAX_MEMORY, otherwise.memoryBytes, MIN_MEMORY_BYTES, 1L << 42),
        atLeastASecond(settings, MAX_CPU, otherwise.cpu),
        atLeastASecond(settings, STALL, otherwise.stall),
        atLeastASecond(settings, DEADLINE, otherwise.deadline),
        settings.number(DEADLINE_FACTOR, otherwise.deadlineFactor, 0.1, 1000));
  }

  /** The same with so many children where the configuration leaves it open. */
  SandboxConfig sized(int workers) {
    return new SandboxConfig(
        mode,
        confinement,
        children == 0 ? workers : children,
        videosPerChild,
        memoryBytes,
        cpu,
        stall,
        deadline,
        deadlineFactor);
  }

  private static Duration atLeastASecond(Settings settings, String name, Duration otherwise) {
    Duration given = settings.duration(name, otherwise);
    if (given.toSeconds() < 1) {
      settings.problem(name + " must be a second or more");
      return otherwise;
    }
    return given;
  }
}
