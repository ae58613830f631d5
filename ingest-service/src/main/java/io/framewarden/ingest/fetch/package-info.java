/**
 * Videos that are fetched rather than handed over: only from places that the operator named, and
 * never from where a name merely leads to (links, redirects, addresses inside the network).
 */
package io.framewarden.ingest.fetch;
