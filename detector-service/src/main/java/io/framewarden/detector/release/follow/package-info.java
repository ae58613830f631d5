/**
 * Keeps the models of a running scorer as released: the newest active one is fetched, checked and
 * built beside the one that runs, and then takes its place between two batches.
 */
package io.framewarden.detector.release.follow;
