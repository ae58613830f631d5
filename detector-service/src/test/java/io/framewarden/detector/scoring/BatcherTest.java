package io.framewarden.detector.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BatcherTest {
  private static final Duration LINGER = Duration.ofNanos(100);

  private final Batcher<Integer> batcher = new Batcher<>(3, 100, i -> i, LINGER);

  @Test
  void givesAFullBatchAtOnceInOrder() {
    add(0, 1, 2, 3, 4);

    assertEquals(Optional.of(List.of(1, 2, 3)), batcher.poll(0));
    assertEquals(Optional.empty(), batcher.poll(0));
  }

  @Test
  void givesAPartialBatchWhenItsOldestElementHasLingered() {
    add(0, 1);
    add(50, 2);

    assertEquals(Optional.empty(), batcher.poll(99));
    assertEquals(Optional.of(List.of(1, 2)), batcher.poll(100));
    assertTrue(batcher.isEmpty());
  }

  @Test
  void tellsHowLongTheOldestElementMayStillWait() {
    assertEquals(LINGER, batcher.lingerLeft(7));
    add(10, 1);

    assertEquals(Duration.ofNanos(60), batcher.lingerLeft(50));
    assertEquals(Duration.ZERO, batcher.lingerLeft(500));
  }

  @Test
  void removesUnwantedElements() {
    add(0, 1, 2, 3);
    batcher.removeIf(element -> element == 2);

    assertEquals(Optional.of(List.of(1, 3)), batcher.poll(100));
    add(100, 4);
    batcher.clear();
    assertEquals(Optional.empty(), batcher.poll(1000));
  }

  @Test
  void aBatchIsFullByWeightToo() {
    add(0, 60, 50, 10);
    assertEquals(120, batcher.weight());
    assertTrue(batcher.isFull());

    assertEquals(Optional.of(List.of(60)), batcher.poll(0), "both would be too heavy");
    assertEquals(60, batcher.weight());
    assertEquals(Optional.empty(), batcher.poll(0));
  }

  @Test
  void anElementAboveTheMaximumWeightIsABatchOfItsOwn() {
    add(0, 500, 1);

    assertEquals(Optional.of(List.of(500)), batcher.poll(0));
    assertEquals(Optional.of(List.of(1)), batcher.poll(100));
    assertEquals(0, batcher.weight());
  }

  @Test
  void rejectsABatchSizeOfZero() {
    assertThrows(IllegalArgumentException.class, () -> new Batcher<String>(0, 1, i -> 1, LINGER));
  }

  private void add(long now, Integer... elements) {
    for (Integer element : elements) {
      batcher.add(element, now);
    }
  }
}
