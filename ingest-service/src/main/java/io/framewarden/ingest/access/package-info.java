/**
 * Who may do what, and how much of it: bearer tokens and their roles, stored hashed; rates and
 * storage of each submitter. Knows no HTTP.
 */
package io.framewarden.ingest.access;
