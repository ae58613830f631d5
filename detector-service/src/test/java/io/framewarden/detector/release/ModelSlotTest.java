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
  void aBorrowerKeepsItsModelUntilItAsksForTheNext() throws Exception {
    slot.put(oldModel);
    ModelSlot.Borrower borrower = slot.borrower();
    assertSame(oldModel, borrower.current());

    slot.put(newModel);
    assertFalse(oldEngine.isClosed(), "a batch may be with it");
    assertFalse(slot.awaitGivenBack(Duration.ofMillis(1)));

    assertSame(newModel, borrower.current());
    assertTrue(oldEngine.isClosed());
    assertTrue(slot.awaitGivenBack(Duration.ofMillis(1)));
  }

  @Test
  void aModelIsClosedWhenTheLastOfSeveralGivesItBack() {
    slot.put(oldModel);
    ModelSlot.Borrower one = slot.borrower();
    ModelSlot.Borrower other = slot.borrower();
    one.current();
    other.current();
    slot.put(newModel);

    one.current();
    assertFalse(oldEngine.isClosed());
    other.handBack();
    assertTrue(oldEngine.isClosed());
    assertFalse(newEngine.isClosed());
  }

  @Test
  void whatNobodyHasIsClosedAtOnce() {
    slot.put(oldModel);
    slot.borrower().current();
    ModelSlot.Borrower idle = slot.borrower();
    idle.current();
    idle.handBack();
    slot.put(newModel);
    slot.put(null);

    assertTrue(newEngine.isClosed());
    assertTrue(idle.borrow().isEmpty());
    assertThrows(IllegalStateException.class, idle::current);
  }

  @Test
  void closingClosesWhatIsBorrowedToo() {
    slot.put(oldModel);
    slot.borrower().current();

    slot.close();

    assertTrue(oldEngine.isClosed());
  }

  @Test
  void whoWaitsForAReleaseIsWokenByItAndByItsReturn() throws Exception {
    slot.put(oldModel);
    assertFalse(slot.await(model -> model.releaseTimeUs() >= 2, Duration.ofMillis(1)));

    Thread swap = new Thread(() -> slot.put(newModel));
    swap.start();
    assertTrue(slot.await(model -> model.releaseTimeUs() >= 2, Duration.ofSeconds(20)));
    swap.join();

    Thread again = new Thread(() -> slot.releasedAgain(3));
    again.start();
    assertTrue(slot.await(model -> model.releaseTimeUs() >= 3, Duration.ofSeconds(20)));
    again.join();
    assertEquals(3, newModel.releaseTimeUs());
  }
}
