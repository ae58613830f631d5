package io.framewarden.runtime.feed;

import io.framewarden.v1.AutomationLevel;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictLabel;
import io.framewarden.v1.VerdictStatus;
import java.util.OptionalDouble;

/**
 * What lists show of a verdict: small enough to be kept of every video.
 *
 * @param givenProbability P(fake); NaN where the verdict has none
 * @param retryAtUs when the extraction is tried again, in microseconds since the epoch; 0 when it
 *     is not
 */
public record VerdictSummary(
    VerdictStatus status,
    VerdictLabel label,
    AutomationLevel automation,
    int revision,
    double givenProbability,
    long retryAtUs) {

  public static VerdictSummary of(Verdict verdict) {
    return new VerdictSummary(
        verdict.getStatus(),
        verdict.getLabel(),
        verdict.getAutomation(),
        verdict.getRevision(),
        verdict.hasProbability() ? verdict.getProbability() : Double.NaN,
        verdict.getRetryAtUs());
  }

  /** P(fake); empty where no frame decides. */
  public OptionalDouble probability() {
    return Double.isNaN(givenProbability)
        ? OptionalDouble.empty()
        : OptionalDouble.of(givenProbability);
  }
}
