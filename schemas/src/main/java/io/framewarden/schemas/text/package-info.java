/**
 * Text for people: that of untrusted sources, made safe for headers, terminals and log lines, and
 * counts in words.
 */
package io.framewarden.schemas.text;
