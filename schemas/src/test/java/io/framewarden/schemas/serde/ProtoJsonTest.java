package io.framewarden.schemas.serde;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.v1.Completeness;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictLabel;
import org.junit.jupiter.api.Test;

class ProtoJsonTest {
  private static final Verdict VERDICT =
      Verdict.newBuilder()
          .setVideoId("v")
          .setAttempt(5_000_000_000L)
          .setLabel(VerdictLabel.REAL)
          .setCompleteness(Completeness.newBuilder().setExpected(3).setScored(3))
          .build();

  @Test
  void zerosEmptyTextsAndEmptyListsAreWritten() {
    String json = ProtoJson.line(VERDICT);
    assertTrue(json.contains("\"missing\":0"), json);
    assertTrue(json.contains("\"reason\":\"\""), json);
    assertTrue(json.contains("\"tracks\":[]"), json);
    assertTrue(json.contains("\"failure\":\"FAILURE_REASON_UNSPECIFIED\""), json);
  }

  @Test
  void aLineIsOneLine() {
    assertFalse(ProtoJson.line(VERDICT).contains("\n"));
  }

  @Test
  void longsAreTextAsProto3JsonAsks() {
    assertTrue(ProtoJson.line(VERDICT).contains("\"attempt\":\"5000000000\""));
  }

  @Test
  void aLineIsReadBack() {
    assertEquals(VERDICT, ProtoJson.parse(ProtoJson.line(VERDICT), Verdict.newBuilder()).build());
  }

  @Test
  void whatIsNotItsJsonIsUnreadable() {
    for (String json : new String[] {"", "{", "[]", "{\"noSuchField\":1}", "{\"attempt\":\"x\"}"}) {
      UnreadableMessageException e =
          assertThrows(
              UnreadableMessageException.class,
              () -> ProtoJson.parse(json, Verdict.newBuilder()),
              json);
      assertEquals(FailureReason.UNREADABLE_MESSAGE, e.reason());
      assertTrue(e.getMessage().contains("Verdict"), e.getMessage());
    }
  }
}
