package io.framewarden.extraction.extract;

import io.framewarden.extraction.face.TrackedFace;
import java.util.List;

/** A sampled frame with the people in it. */
record TrackedFrame(SampledFrame frame, List<TrackedFace> faces) {}
