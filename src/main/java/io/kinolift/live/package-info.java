/**
 * The HTTP side of {@code run}: health, metrics and the live page. Listens on loopback unless told otherwise.
 *
 * <table>
 *   <caption>Paths</caption>
 *   <tr><td>GET /</td><td>the page: {@code src/main/resources/live}, plain HTML, CSS and JavaScript</td></tr>
 *   <tr><td>GET /live</td><td>200 while the process can work, else 503; reasons in JSON. A broker outage does not
 *       change it, so that an outage restarts nothing</td></tr>
 *   <tr><td>GET /ready</td><td>200 while partitions are assigned, stores restored, a broker is connected, disks
 *       have room and nothing is stuck, else 503; reasons in JSON</td></tr>
 *   <tr><td>GET /metrics</td><td>{@link io.kinolift.metrics}, for Prometheus</td></tr>
 *   <tr><td>GET /metrics/kafka</td><td>all metrics of Kafka's clients, in the same format</td></tr>
 *   <tr><td>GET /api/status</td><td>this instance: version, names, partitions, streams with their figures, health,
 *       topics, settings</td></tr>
 *   <tr><td>GET /api/streams</td><td>the whole application: instances, and the accounts of all streams, {@link
 *       io.kinolift.live.cluster}</td></tr>
 *   <tr><td>GET /api/last?stream=ID</td><td>the last output of a stream as a picture, also after its end; 204 if it is
 *       not kept</td></tr>
 *   <tr><td>GET /api/pair?stream=ID&amp;after=N</td><td>the latest output of a stream and the input that it shows most
 *       of, in one response, so that they belong together: four bytes of length, JSON, input picture, output picture;
 *       204 if there is none newer than N, or no key frame of the outputs has come yet</td></tr>
 *   <tr><td>GET /watch/...</td><td>streams as video, {@link io.kinolift.live.watch}</td></tr>
 *   <tr><td>GET /hls.js</td><td>the library that plays them in the page</td></tr>
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
 * encoded again in the thread of the request, never in the stream thread. Frames that refer to others are kept from the key
 * frame on while somebody watches ({@code Reel}, two groups of at most 64 MiB for each side), and there is a pair from the
 * first key frame on.
 *
 * <p>The last output of each stream is kept within a bound ({@link io.kinolift.live.LastPictures}), so that a stream that
 * has ended can be shown.
 *
 * <p>In the page, {@code page.js} asks, once a second while somebody sees it, and hands what it hears to its parts. {@code
 * catalog.js} makes one list of both answers: the figures of this instance and the accounts of all. {@code words.js} says
 * in words why frames were dropped. Names of streams and instances come from outside; they are set as text, never as
 * HTML. {@code stage.js} decides what is shown: {@code player.js} plays video by hls.js, {@code viewer.js} draws pairs,
 * {@code still.js} shows the last picture. hls.js works without a worker here, so the page's policy allows {@code blob:}
 * for media only.
 */
package io.kinolift.live;
