/** What the detector's jar does when it is given a command instead of run as a service. */
package io.framewarden.detector.command;
