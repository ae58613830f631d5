package io.framewarden.trainer.backbone;

import java.util.ArrayList;
import java.util.List;

/** F3-Net's beginning: each stream's view of the face, and its first convolution. */
public final class FrequencyStems extends Layer {

  private final FrequencyBands bands;
  private final ConvUnit onBands;
  private final LocalFrequencies statistics;
  private final ConvUnit onStatistics;
  private final int inputs;

  /** The two views of the gray channel; channels after it go to the bands' stream as they are. */
  public FrequencyStems(
      FrequencyBands bands,
      ConvUnit onBands,
      LocalFrequencies statistics,
      ConvUnit onStatistics,
      int inputs) {
    this.bands = part("bands", bands);
    this.onBands = part("onBands", onBands);
    this.statistics = part("statistics", statistics);
    this.onStatistics = part("onStatistics", onStatistics);
    this.inputs = inputs;
  }

  @Override
  public <V> V describe(Operations<V> operations, V x) {
    V gray = inputs == 1 ? x : operations.sliceChannels(x, 0, 1);
    List<V> views = new ArrayList<>(List.of(bands.describe(operations, gray)));
    if (inputs > 1) {
      views.add(operations.sliceChannels(x, 1, inputs));
    }
    V images = views.size() == 1 ? views.get(0) : operations.concat(views);
    return operations.concat(
        List.of(
            onBands.describe(operations, images),
            onStatistics.describe(operations, statistics.describe(operations, gray))));
  }
}
