package io.framewarden.extraction.extract;

import io.framewarden.extraction.face.TrackedFace;
import java.util.List;

/** A sampled picture with the people in it. */
record TrackedFrame(SampledFrame picture, List<TrackedFace> faces) {}
