/**
 * The check before the application starts. {@link io.kinolift.runtime.check.StartFacts} gathers sizes, memory, speed and
 * time limits, {@code SpeedProbe} measures the speed, and {@code StartCheck} relates them: it corrects our own defaults,
 * refuses values that somebody chose and that cannot work, and never touches a setting that shapes output.
 */
package io.kinolift.runtime.check;
