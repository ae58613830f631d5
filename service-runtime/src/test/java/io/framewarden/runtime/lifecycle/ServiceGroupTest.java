package io.framewarden.runtime.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class ServiceGroupTest {
  private final List<String> events = new ArrayList<>();
  private final FakeService a = new FakeService("a", events);
  private final FakeService b = new FakeService("b", events);

  @Test
  void startsInOrderAndClosesInReverseOnce() {
    ServiceGroup group = new ServiceGroup("all", List.of(a, b));
    group.start();
    group.close();
    group.close();
    assertEquals(List.of("start a", "start b", "close b", "close a"), events);
  }

  @Test
  void aStartThatFailsClosesWhatWasStarted() {
    for (Throwable refusal : List.of(new IllegalStateException("no"), new LinkageError("no"))) {
      events.clear();
      FakeService refuses = new FakeService("r", events, refusal);
      ServiceGroup group = new ServiceGroup("all", List.of(a, refuses, b));
      assertSame(refusal, assertThrows(refusal.getClass(), group::start));
      assertEquals(List.of("start a", "start r", "close r", "close a"), events);
    }
  }

  @Test
  void oneThatDoesNotCloseDoesNotKeepTheOthersOpen() {
    Service stubborn =
        new Service() {
          @Override
          public String name() {
            return "stubborn";
          }

          @Override
          public void start() {}

          @Override
          public Health health() {
            return Health.ready();
          }

          @Override
          public void close() {
            throw new IllegalStateException("stuck");
          }
        };
    ServiceGroup group = new ServiceGroup("all", List.of(a, stubborn));
    group.start();
    group.close();
    assertEquals(List.of("start a", "close a"), events);
  }

  @Test
  void thoseThatDoNotNeedEachOtherCloseAtTheSameTime() {
    CyclicBarrier together = new CyclicBarrier(2);
    ServiceGroup group =
        ServiceGroup.independent("all", List.of(new Meeting(together), new Meeting(together)));
    group.start();
    group.close();
    assertEquals(0, together.getNumberWaiting());
    assertFalse(together.isBroken());
  }

  /** Closes when another one closes. */
  private record Meeting(CyclicBarrier together) implements Service {
    @Override
    public String name() {
      return "meeting";
    }

    @Override
    public void start() {}

    @Override
    public Health health() {
      return Health.ready();
    }

    @Override
    public void close() {
      try {
        together.await(30, TimeUnit.SECONDS);
      } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void isAsHealthyAsTheWorst() {
    ServiceGroup group = new ServiceGroup("all", List.of(a, b));
    assertEquals(Health.ready(), group.health());
    a.health = Health.ready("slowly");
    assertEquals(Health.ready("a: slowly"), group.health());
    a.health = Health.starting("waits");
    assertEquals(Health.starting("a: waits"), group.health());
    b.health = Health.failed("broke");
    assertEquals(Health.failed("b: broke"), group.health());
  }

  @Test
  void anEmptyGroupIsReady() {
    assertEquals(Health.ready(), new ServiceGroup("none", List.of()).health());
  }
}
