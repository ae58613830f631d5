/**
 * Encoding and decoding of keys and values, proto3 JSON, and the one exception that every
 * unreadable message becomes.
 */
package io.framewarden.schemas.serde;
