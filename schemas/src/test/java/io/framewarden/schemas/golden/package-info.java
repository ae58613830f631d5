/**
 * Golden bytes: one file for each message of each contract version, kept for ever and read back, so
 * that a change that an older reader or writer would not survive fails the build. The module's
 * README says how to add a version.
 */
package io.framewarden.schemas.golden;
