/** For those who consume verdicts: reading the verdicts topic, and the latest verdict by video. */
package io.framewarden.detector.verdict.feed;
