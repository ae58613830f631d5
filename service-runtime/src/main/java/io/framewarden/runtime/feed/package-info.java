/**
 * For those who consume verdicts: reading the verdicts topic, and the latest verdict by video. It
 * stands on the topic alone, so that the upload API and the console need no detector.
 */
package io.framewarden.runtime.feed;
