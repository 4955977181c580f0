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
  const { loneBreak, dottedLine } = needs(bytes);
  const lines = loneBreak ? latin1(bytes, (text) => text.replace(/\r\n|\r|\n/g, '\r\n')) : bytes;
  const stuffed = loneBreak || dottedLine ? latin1(lines, withDots) : lines;
  return endsWithBreak(stuffed) ? stuffed.subarray(0, -2) : stuffed;
}

/** The end of the last line, and the line with the dot: with these bytes the mail is the server's. */
export const END_OF_DATA = Buffer.from('\r\n.\r\n');

/** One pass over all bytes: a search per line costs several times as much. */
function needs(bytes: Buffer): { loneBreak: boolean; dottedLine: boolean } {
  let [loneBreak, dottedLine] = [false, bytes[0] === DOT];
  for (let at = 0; at < bytes.length; at++) {
    const [byte, previous] = [bytes[at], bytes[at - 1]];
    if ((byte === LF) !== (previous === CR)) loneBreak = true;
    if (byte === DOT && previous === LF) dottedLine = true;
  }
  return { loneBreak: loneBreak || bytes.at(-1) === CR, dottedLine };
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
