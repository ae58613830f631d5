/** Text from untrusted sources, made safe for headers, terminals and log lines. */
package io.framewarden.schemas.text;
