package io.framewarden.detector.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.detector.engine.FakeEngine;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ModelSlotTest {
  @TempDir Path folder;
  private final ModelSlot slot = new ModelSlot();
  private final FakeEngine oldEngine = new FakeEngine();
  private final FakeEngine newEngine = new FakeEngine();
  private LoadedModel oldModel;
  private LoadedModel newModel;

  @BeforeEach
  void load() throws Exception {
    Releases.artifact(folder, "recipe", 0);
    oldModel = new ModelLoader(artifact -> oldEngine, 2).load(folder, 1);
    newModel = new ModelLoader(artifact -> newEngine, 2).load(folder, 2);
  }

  @Test
  void aLeasedModelIsNeverClosedUnderItsUser() throws Exception {
    slot.put(oldModel);
    try (ModelLease lease = slot.acquire()) {
      slot.put(newModel);

      assertSame(oldModel, lease.model());
      assertFalse(oldEngine.isClosed(), "a batch may be with it");
      assertFalse(slot.awaitRetiredClosed(Duration.ofMillis(1)));
    }

    assertTrue(oldEngine.isClosed());
    assertTrue(slot.awaitRetiredClosed(Duration.ofMillis(1)));
  }

  @Test
  void theNextLeaseIsOfTheModelThatWasPutIn() {
    slot.put(oldModel);
    try (ModelLease batch = slot.acquire()) {
      slot.put(newModel);
      try (ModelLease next = slot.acquire()) {
        assertSame(oldModel, batch.model());
        assertSame(newModel, next.model());
      }
    }
    assertFalse(newEngine.isClosed());
  }

  @Test
  void aReplacedModelIsClosedWithTheLastOfSeveralLeases() {
    slot.put(oldModel);
    ModelLease one = slot.acquire();
    ModelLease other = slot.acquire();
    slot.put(newModel);

    one.close();
    one.close();
    assertFalse(oldEngine.isClosed(), "closing a lease twice gives one reference back");
    other.close();
    assertTrue(oldEngine.isClosed());
    assertFalse(newEngine.isClosed());
  }

  @Test
  void whoWaitsForARetiredModelIsWokenWhenItIsClosed() throws Exception {
    slot.put(oldModel);
    ModelLease lease = slot.acquire();
    slot.put(newModel);
    Thread batch = new Thread(lease::close);
    batch.start();

    assertTrue(slot.awaitRetiredClosed(Duration.ofSeconds(20)));
    batch.join();
    assertTrue(oldEngine.isClosed());
  }

  @Test
  void aModelThatNobodyLeasesIsClosedAtOnce() throws Exception {
    slot.put(oldModel);
    slot.acquire().close();
    assertFalse(oldEngine.isClosed(), "the slot still holds it");

    slot.put(newModel);
    assertTrue(oldEngine.isClosed());
    slot.clear();
    assertTrue(newEngine.isClosed());
    assertTrue(slot.awaitRetiredClosed(Duration.ofMillis(1)));
  }

  @Test
  void anEmptySlotHasNoLease() {
    assertTrue(slot.tryAcquire().isEmpty());
    assertThrows(IllegalStateException.class, slot::acquire);
  }

  @Test
  void closingTheSlotLeavesALeasedModelToItsLease() {
    slot.put(oldModel);
    ModelLease lease = slot.acquire();

    slot.close();
    assertFalse(oldEngine.isClosed());
    lease.close();

    assertTrue(oldEngine.isClosed());
  }

  @Test
  void whoWaitsForAReleaseIsWokenByItAndByItsRerelease() throws Exception {
    slot.put(oldModel);
    assertFalse(slot.await(model -> model.releaseTimeUs() >= 2, Duration.ofMillis(1)));

    Thread swap = new Thread(() -> slot.put(newModel));
    swap.start();
    assertTrue(slot.await(model -> model.releaseTimeUs() >= 2, Duration.ofSeconds(20)));
    swap.join();

    Thread again = new Thread(() -> slot.reReleased(3));
    again.start();
    assertTrue(slot.await(model -> model.releaseTimeUs() >= 3, Duration.ofSeconds(20)));
    again.join();
    assertEquals(3, newModel.releaseTimeUs());
  }
}
