package io.framewarden.ingest.extract;

import io.framewarden.ingest.face.TrackedFace;
import java.util.List;

/** A sampled picture with the people in it. */
record TrackedPicture(SampledPicture picture, List<TrackedFace> faces) {}
