/** How samples lie in memory, for all loops that read or write them one at a time. */
package io.kinolift.kernel.sample;
