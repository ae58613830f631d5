package io.framewarden.trainer.training;

import io.framewarden.trainer.did.DidNetwork;
import io.framewarden.trainer.did.DidScorer;
import java.util.List;

/**
 * A network and where it comes from. Owns the network: close it when done.
 *
 * @param network the network, ready to score or to be exported
 * @param config the recipe that it was trained with
 * @param domains names of its domains; index 0 is the real one
 * @param step steps that it has seen
 */
public record TrainedDid(DidNetwork network, TrainingConfig config, List<String> domains, long step)
    implements AutoCloseable {

  /** A value whose list of domains cannot change. */
  public TrainedDid {
    domains = List.copyOf(domains);
  }

  /** A scorer on the network. */
  public DidScorer scorer() {
    return new DidScorer(network);
  }

  /** Whether it is what the paper compares with: a backbone that learnt by cross-entropy alone. */
  public boolean isBaseline() {
    return !config.network().attention() && config.loss().alpha() == 1;
  }

  /** Frees the network. */
  @Override
  public void close() {
    network.close();
  }
}
