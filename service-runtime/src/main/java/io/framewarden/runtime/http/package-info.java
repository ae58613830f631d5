/**
 * The HTTP side of every process: liveness, readiness and metrics, beside a service's own routes.
 */
package io.framewarden.runtime.http;
