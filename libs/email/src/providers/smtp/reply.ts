/** One answer of a mail server (RFC 5321, 4.2), however many lines it took. */
export interface Reply {
  code: number;
  /** The text of all lines, without codes, joined by `\n`; UTF-8. */
  lines: string;
}

/** The server sent what is no reply: a line without a code, mixed codes, or more than any reply needs. */
export class GarbledReply extends Error {
  override readonly name = 'GarbledReply';
}

const MAX_REPLY = 64 * 1024;
const MAX_SHOWN = 300;

/** Turns received bytes into replies, whatever the pieces they arrive in. */
export class ReplyReader {
  /** Latin-1, so that a UTF-8 letter that is cut by a packet's end survives. */
  private rest = '';
  private open: { code: number; lines: string[]; size: number } | null = null;

  /** Whether a reply has begun and not ended. */
  get unfinished(): boolean {
    return this.rest !== '' || this.open !== null;
  }

  /**
   * Yields the replies that `chunk` completes, in order; often none. Iterate to the end.
   * @throws {GarbledReply} nothing that follows on this connection can be trusted; what was yielded before can.
   */
  *push(chunk: Buffer): Generator<Reply, void> {
    this.rest += chunk.toString('latin1');
    const lines = this.rest.split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) {
      const reply = this.line(line.replace(/\r$/, ''));
      if (reply) yield reply;
    }
    if (this.rest.length > MAX_REPLY) throw new GarbledReply('The mail server sent a line without end.');
  }

  private line(line: string): Reply | null {
    const match = /^([2-5]\d\d)(?:([ -])(.*))?$/s.exec(line);
    if (!match) throw new GarbledReply(`The mail server sent ${JSON.stringify(shown(line))}, which is no SMTP reply.`);
    const code = Number(match[1]);
    const open = (this.open ??= { code, lines: [], size: 0 });
    if (open.code !== code) throw new GarbledReply('The mail server mixed two codes in one reply.');
    open.lines.push(match[3] ?? '');
    open.size += line.length;
    if (open.size > MAX_REPLY) throw new GarbledReply('The mail server sent a reply without end.');
    if (match[2] === '-') return null;
    this.open = null;
    return { code, lines: Buffer.from(open.lines.join('\n'), 'latin1').toString('utf8') };
  }
}

/** A reply for people: one line, printable, at most 300 characters. */
export function replyText(reply: Reply): string {
  return shown(`${reply.code} ${reply.lines}`);
}

/** Foreign text made fit for a log or a page: control characters become spaces, and it is cut when long. */
export function shown(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029\s]+/gu, ' ').trim();
  return line.length > MAX_SHOWN ? `${line.slice(0, MAX_SHOWN - 1)}…` : line;
}

/** Postfix and SendGrid; Exim; Exchange; Gmail, Amazon SES and others that put it behind the OK. */
const QUEUE_IDS = [
  /\bqueued as <?([\w.@+-]+)/i,
  /\bid=([\w.-]+)/i,
  /\bInternalId=(\d+)/i,
  /^(?:2\.\d+\.\d+ )?ok:? +<?(?=[^\s>]*\d)([\w.@+-]{8,})/i,
];

/** The id that the accepting reply names, in the forms that common servers use; null when it names none. */
export function queueId(reply: Reply): string | null {
  return QUEUE_IDS.map((form) => form.exec(reply.lines)?.[1]).find(Boolean) ?? null;
}
