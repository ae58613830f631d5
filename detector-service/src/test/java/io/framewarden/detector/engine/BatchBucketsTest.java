package io.framewarden.detector.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.detector.engine.BatchBuckets.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchBucketsTest {
  private final BatchBuckets buckets = BatchBuckets.DEFAULT;

  @Test
  void aBatchOfABucketsSizeIsOnePartWithoutPadding() {
    for (int size : buckets.sizes()) {
      assertEquals(List.of(new Part(size, size)), buckets.split(size));
      assertEquals(0, buckets.padding(size));
    }
  }

  @Test
  void aBatchJustBelowABucketIsPaddedToIt() {
    assertEquals(List.of(new Part(31, 32)), buckets.split(31));
    assertEquals(1, buckets.padding(31));
  }

  @Test
  void aBatchJustAboveABucketIsSplitRatherThanDoubled() {
    assertEquals(List.of(new Part(32, 32), new Part(1, 1)), buckets.split(33));
    assertEquals(List.of(new Part(64, 64), new Part(16, 16), new Part(3, 4)), buckets.split(83));
  }

  @Test
  void twoSmallCallsAreNotWorthASavedRow() {
    assertEquals(List.of(new Part(5, 8)), buckets.split(5));
  }

  @Test
  void everyBatchIsCoveredInOrderAndOnlyTheLastPartIsPadded() {
    for (int faces = 1; faces <= 300; faces++) {
      List<Part> parts = buckets.split(faces);
      assertEquals(faces, parts.stream().mapToInt(Part::faces).sum());
      for (Part part : parts.subList(0, parts.size() - 1)) {
        assertEquals(0, part.padding(), faces + ": " + parts);
      }
      assertTrue(parts.stream().allMatch(part -> part.faces() >= 1), faces + ": " + parts);
    }
  }

  @Test
  void oneBucketServesEverySize() {
    BatchBuckets one = new BatchBuckets(List.of(16));

    assertEquals(List.of(new Part(16, 16), new Part(1, 16)), one.split(17));
    assertEquals(15, one.padding(17));
  }

  @Test
  void readsListsInAnyOrder() {
    assertEquals(List.of(1, 4, 8), BatchBuckets.parse("8, 1,4,4").sizes());
    assertEquals("1,4,8", BatchBuckets.parse("8,4,1").format());
  }

  @Test
  void rejectsWhatIsNoListOfBatchSizes() {
    for (String text : List.of("", "0", "1,,2", "257", "-4", "a")) {
      assertThrows(IllegalArgumentException.class, () -> BatchBuckets.parse(text), text);
    }
    assertThrows(IllegalArgumentException.class, () -> buckets.split(0));
  }
}
