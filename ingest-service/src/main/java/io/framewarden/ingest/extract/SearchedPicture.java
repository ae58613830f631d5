package io.framewarden.ingest.extract;

import io.framewarden.ingest.face.DetectedFace;
import java.util.List;
import java.util.Optional;

/**
 * A sampled picture with what the detector found.
 *
 * @param faces empty where the picture was not searched, since only each so manieth is
 */
record SearchedPicture(SampledPicture picture, Optional<List<DetectedFace>> faces) {}
