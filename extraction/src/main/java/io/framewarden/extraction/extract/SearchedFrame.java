package io.framewarden.extraction.extract;

import io.framewarden.extraction.face.DetectedFace;
import java.util.List;
import java.util.Optional;

/**
 * A sampled frame with what the detector found.
 *
 * @param faces empty where the frame was not searched, since only each so manieth is
 */
record SearchedFrame(SampledFrame frame, Optional<List<DetectedFace>> faces) {}
