/**
 * A message as it goes between 354 and the dot (RFC 5321, 4.5.2): CRLF line ends only, a dot before each line that
 * begins with one, and without its last line end. A lone CR or LF becomes a CRLF, so that no server on the way can read
 * an end of data into the middle of the message.
 */
export function dotStuffed(mime: Uint8Array): Buffer {
  const text = Buffer.from(mime.buffer, mime.byteOffset, mime.byteLength).toString('latin1');
  const lines = /\r(?!\n)|(?<!\r)\n/.test(text) ? text.replace(/\r\n|\r|\n/g, '\r\n') : text;
  const stuffed = (lines.startsWith('.') ? `.${lines}` : lines).replaceAll('\r\n.', '\r\n..');
  return Buffer.from(stuffed.endsWith('\r\n') ? stuffed.slice(0, -2) : stuffed, 'latin1');
}

/** The end of the last line, and the line with the dot: with these bytes the mail is the server's. */
export const END_OF_DATA = Buffer.from('\r\n.\r\n');
