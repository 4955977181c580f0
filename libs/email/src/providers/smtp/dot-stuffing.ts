const CR = 0x0d;
const LF = 0x0a;
const DOT = 0x2e;

/**
 * A message as it goes between 354 and the dot (RFC 5321, 4.5.2): CRLF line ends only, a dot before each line that
 * begins with one, and without its last line end. A lone CR or LF becomes a CRLF, so that no server on the way can read
 * an end of data into the middle of the message. A message that needs nothing of this is not copied.
 */
export function dotStuffed(mime: Uint8Array): Buffer {
  const bytes = Buffer.from(mime.buffer, mime.byteOffset, mime.byteLength);
  const lines = hasLoneBreak(bytes) ? latin1(bytes, (text) => text.replace(/\r\n|\r|\n/g, '\r\n')) : bytes;
  const stuffed = hasDottedLine(lines) ? latin1(lines, withDots) : lines;
  return endsWithBreak(stuffed) ? stuffed.subarray(0, -2) : stuffed;
}

/** The end of the last line, and the line with the dot: with these bytes the mail is the server's. */
export const END_OF_DATA = Buffer.from('\r\n.\r\n');

function hasLoneBreak(bytes: Buffer): boolean {
  let breaks = 0;
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    if (bytes[at - 1] !== CR) return true;
    breaks += 1;
  }
  for (let at = bytes.indexOf(CR); at >= 0; at = bytes.indexOf(CR, at + 1)) breaks -= 1;
  return breaks !== 0;
}

function hasDottedLine(bytes: Buffer): boolean {
  return bytes[0] === DOT || bytes.includes('\r\n.', 0, 'latin1');
}

function withDots(text: string): string {
  return `${text.startsWith('.') ? '.' : ''}${text.replaceAll('\r\n.', '\r\n..')}`;
}

function endsWithBreak(bytes: Buffer): boolean {
  return bytes.at(-2) === CR && bytes.at(-1) === LF;
}

function latin1(bytes: Buffer, change: (text: string) => string): Buffer {
  return Buffer.from(change(bytes.toString('latin1')), 'latin1');
}
