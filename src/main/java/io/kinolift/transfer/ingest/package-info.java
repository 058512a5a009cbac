/**
 * Sources on their way to the topics: {@link io.kinolift.transfer.ingest.SourceIngest} is one from its opening to its end
 * record, pictures and sound.
 */
package io.kinolift.transfer.ingest;
