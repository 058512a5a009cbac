/**
 * A schema registry with Confluent's HTTP API (Apicurio's is tested), by the JDK's own HTTP client and Avro.
 *
 * <ul>
 *   <li>{@link io.kinolift.registry.SchemaRegistry#register} is called once at start per topic: the subject is the
 *       topic's name with {@code -value}, its compatibility is set to BACKWARD_TRANSITIVE, and the id of the schema's
 *       version is what records begin with. A schema that the registry refuses as incompatible stops the start.
 *   <li>{@link io.kinolift.registry.SchemaRegistry#byId} finds the schema a record was written with. Ids never change
 *       their meaning, so what was found once is kept; at most a thousand.
 * </ul>
 *
 * <p>A registry that is away is asked again until {@code kinolift.registry.timeout.ms} is over; then there is a
 * {@link io.kinolift.registry.RegistryException}. A running application notices only when a record has a schema id it
 * has not met.
 *
 * <p>Imports nothing else of ours.
 */
package io.kinolift.registry;
