/**
 * Golden bytes: one file for each message of each contract version, kept forever and read back, so
 * that a change that an older reader or writer would not survive fails the build. How to add a
 * version stands in the module's README.
 */
package io.framewarden.schemas.golden;
