package io.framewarden.detector.verdict.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.detector.verdict.Messages;
import io.framewarden.detector.verdict.state.v1.StoredModel;
import io.framewarden.detector.verdict.state.v1.StoredVideo;
import org.junit.jupiter.api.Test;

/** What a version before model releases stored is gone on with. */
class FormatOneTest {

  @Test
  void aVideoOfOneModelGoesOnAsItWas() throws Exception {
    VideoState before = new VideoState(Messages.ATTEMPT, 1000);
    before.add(Messages.marker(3), 1000);
    before.add(Messages.score(0, 0.9), true, 4, 1_000_000, 1000);
    before.add(Messages.failed(1), true, 4, 1_000_000, 1000);

    VideoState after = StateCodec.decode(formatOne(before).build().toByteArray());

    assertEquals(1, after.winner().ledger().scored());
    assertEquals(1, after.winner().ledger().failed());
    assertEquals(before.winner().digest(), after.winner().digest());
    assertEquals(before.winner().tracks().size(), after.winner().tracks().size());
    assertEquals(before.winner().evidence().frames(), after.winner().evidence().frames());
    assertTrue(after.add(Messages.score(2, 0.8), true, 4, 1_000_000, 1000));
    assertTrue(after.winner().ledger().complete(3), "the same model's next score joins the others");
  }

  @Test
  void scoresThatWereMixedAreInButJudgeNothing() throws Exception {
    VideoState before = new VideoState(Messages.ATTEMPT, 1000);
    before.add(Messages.score(0, 0.9), true, 4, 1_000_000, 1000);

    VideoState after =
        StateCodec.decode(formatOne(before).addModelDigests("other").build().toByteArray());

    assertEquals(0, after.winner().ledger().frames());
    assertEquals(1, after.scoredByOthers(3));
  }

  private static StoredVideo.Builder formatOne(VideoState state) throws Exception {
    StoredVideo now = StoredVideo.parseFrom(StateCodec.encode(state));
    StoredModel model = now.getModels(0);
    return now.toBuilder()
        .setFormat(1)
        .clearModels()
        .setScored(model.getScored())
        .setFailed(model.getFailed())
        .addAllTracks(model.getTracksList())
        .addAllEvidence(model.getEvidenceList())
        .addModelDigests(model.getDigest())
        .addAllModelVersions(model.getVersionsList())
        .addAllEngines(model.getEnginesList())
        .setExtractionDigest(model.getExtractionDigest());
  }
}
