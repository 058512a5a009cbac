/**
 * Client of a schema registry with Confluent's HTTP API, built on the JDK's HTTP client and Avro. It is tested with
 * Apicurio Registry.
 *
 * <ul>
 *   <li>{@link io.kinolift.registry.SchemaRegistry#register} is called once per topic at start. The subject is the
 *       topic's name with {@code -value}, and its compatibility is set to BACKWARD_TRANSITIVE. Records then begin with
 *       the id of the schema's version. If the registry refuses a schema as incompatible, the application does not
 *       start.
 *   <li>{@link io.kinolift.registry.SchemaRegistry#byId} finds the schema that a record was written with. Ids never
 *       change their meaning, so the thousand schemas last used are kept. An id without a usable schema is refused for a
 *       minute without asking again. Of ids that were never seen, 20 per second are looked up (100 at once); records with
 *       others are refused, and can be replayed later.
 * </ul>
 *
 * <p>If the registry does not answer, it is asked again until {@code kinolift.registry.timeout.ms} is over. Then a
 * {@link io.kinolift.registry.RegistryException} is thrown. A running application notices an outage only when a record
 * has a schema id that it does not know yet.
 *
 * <p>Imports no other package of Kinolift.
 */
package io.kinolift.registry;
