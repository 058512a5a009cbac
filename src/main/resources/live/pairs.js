// The latest output of a stream and the input that it shows most of, in one response, so that they belong together.

/**
 * @param after number of the pair that was seen last; 0 for none
 * @returns an input of null if it cannot be shown alone; null if there is no newer one, "locked" if pictures need the token
 */
export async function fetchPair(stream, after) {
  const response = await fetch(`api/pair?stream=${encodeURIComponent(stream)}&after=${after}`);
  if (response.status !== 200) {
    return response.status === 401 ? "locked" : null;
  }
  const body = await response.arrayBuffer();
  const length = new DataView(body).getUint32(0);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(body, 4, length)));
  const inputAt = 4 + length;
  const outputAt = inputAt + header.inputBytes;
  const [input, output] = await Promise.all([
    header.inputBytes === 0
      ? null : createImageBitmap(new Blob([body.slice(inputAt, outputAt)], { type: header.inputType })),
    createImageBitmap(new Blob([body.slice(outputAt)], { type: header.outputType })),
  ]);
  return { header, input, output };
}
