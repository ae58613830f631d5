/**
 * Bytes to messages and back: the wire form of keys and values, proto3 JSON, and the one error that
 * every unreadable message becomes.
 */
package io.framewarden.schemas.serde;
