/**
 * The HTTP side of {@code run}: health, metrics and the live page. Listens on loopback unless told otherwise.
 *
 * <table>
 *   <caption>Paths</caption>
 *   <tr><td>GET /</td><td>the page: {@code src/main/resources/live}, plain HTML, CSS and JavaScript</td></tr>
 *   <tr><td>GET /live</td><td>200 while the process can work, else 503; reasons in JSON. A broker outage does not
 *       change it, so that an outage restarts nothing</td></tr>
 *   <tr><td>GET /ready</td><td>200 while partitions are assigned, stores restored, a broker is connected and nothing is
 *       stuck, else 503; reasons in JSON</td></tr>
 *   <tr><td>GET /metrics</td><td>{@link io.kinolift.metrics}, for Prometheus</td></tr>
 *   <tr><td>GET /api/status</td><td>streams with their figures, health, topics, settings</td></tr>
 *   <tr><td>GET /api/pair?stream=ID&amp;after=N</td><td>the latest output of a stream and the input that it shows most
 *       of, in one response, so that they belong together: four bytes of length, JSON, input picture, output picture;
 *       204 if there is none newer than N</td></tr>
 *   <tr><td>GET /api/dead-letters</td><td>the last ones of this process</td></tr>
 *   <tr><td>GET /api/dead-letters/N/picture</td><td>the payload of one</td></tr>
 *   <tr><td>POST /api/dead-letters/N/replay</td><td>sends it to the frames topic again; needs {@code
 *       kinolift.http.token} to be set and the header {@code Authorization: Bearer TOKEN}</td></tr>
 *   <tr><td>POST /api/login</td><td>204 and a cookie for pictures, in exchange for the header {@code Authorization:
 *       Bearer TOKEN}</td></tr>
 * </table>
 *
 * <p>Pictures are kept only for streams that somebody watches ({@link io.kinolift.live.Viewfinder}). A request for a
 * pair counts as watching for ten seconds. JPEG and PNG go to the browser unchanged. Other payloads are decoded and
 * encoded again in the thread of the request, never in the stream thread.
 */
package io.kinolift.live;
