/**
 * From face archives to batches: faces indexed and read when needed, split by person, paired with
 * forgeries that are made on the fly or come labelled, degraded alike, and prefetched in threads.
 * Everything is a function of the archives, the seed and the step, so that a resumed run sees what
 * an uninterrupted one would have seen.
 */
package io.framewarden.trainer.dataset;
