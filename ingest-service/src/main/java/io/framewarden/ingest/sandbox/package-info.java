/**
 * Decoding in child processes: what reads a hostile file has limits, no network, no secrets and a
 * deadline, and may die without harm. Nothing that a child says is believed unchecked.
 */
package io.framewarden.ingest.sandbox;
