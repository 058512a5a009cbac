/**
 * The room on the disks of the state folder and of the journal. A RocksDB store that cannot write ends its stream thread,
 * and so does the next one after it. {@link io.kinolift.runtime.disk.DiskWatch} has the application pause before, and go on
 * when there is room again. {@code Room} decides.
 *
 * <p>Paused, the threads stay in the group, keep their partitions and stores, and read nothing. They do not leave: the
 * others would restore the stores on their own disks, which are mostly as full, and back again a minute later. Somebody who
 * wants the streams to move stops the instance.
 *
 * <p>The least that must be free is for what RocksDB still writes after the pause: the rows that it holds in memory, up to
 * 32 MiB for each store, and files that it joins.
 */
package io.kinolift.runtime.disk;
