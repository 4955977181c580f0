import fc from 'fast-check';
import { GarbledReply, queueId, ReplyReader, replyText, shown } from './reply.js';

const read = (...chunks: (string | Buffer)[]) => {
  const reader = new ReplyReader();
  const replies = chunks.flatMap((chunk) => [...reader.push(Buffer.from(chunk))]);
  return { replies, unfinished: reader.unfinished };
};

describe('ReplyReader', () => {
  it('reads replies of one and of many lines', () => {
    expect(read('250-mail.example\r\n250-SIZE 100\r\n250 8BITMIME\r\n354\r\n').replies).toEqual([
      { code: 250, lines: 'mail.example\nSIZE 100\n8BITMIME' },
      { code: 354, lines: '' },
    ]);
  });

  it('gives the same replies however the bytes are cut', () => {
    const bytes = Buffer.from('250-Grüße\r\n250 Ok\r\n550 5.1.1 Büro unbekannt\r\n');
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length)), (cuts) => {
        const edges = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const pieces = edges.slice(1).map((edge, at) => bytes.subarray(edges[at], edge));
        expect(read(...pieces)).toEqual(read(bytes));
      }),
    );
  });

  it.each(['250-more\r\n', '250 Ok', '2'])('knows that %j has not ended', (text) => {
    expect(read(text)).toEqual({ replies: [], unfinished: true });
  });

  it.each(['Hello\r\n', '25 Ok\r\n', '999 Ok\r\n', '250Ok\r\n', '\r\n', '250-a\r\n550 b\r\n'])(
    'trusts nothing behind %j',
    (text) => expect(() => read(text)).toThrow(GarbledReply),
  );

  it.each(['x'.repeat(70_000), '250-x\r\n'.repeat(20_000)])('does not read on without end', (text) => {
    expect(() => read(text)).toThrow(GarbledReply);
  });

  it('hands out what came before the garbage', () => {
    const reader = new ReplyReader();
    const replies = reader.push(Buffer.from('250 Ok\r\ngarbage\r\n'));
    expect(replies.next().value).toEqual({ code: 250, lines: 'Ok' });
    expect(() => replies.next()).toThrow(GarbledReply);
  });
});

describe('replyText', () => {
  it('is one printable line of bounded length', () => {
    expect(replyText({ code: 550, lines: 'No\n\u001b[31msuch\u202e user' })).toBe('550 No [31msuch user');
    expect(shown('x'.repeat(1000))).toHaveLength(300);
  });
});

describe('queueId', () => {
  it.each([
    ['2.0.0 Ok: queued as 4B2F91C0', '4B2F91C0'],
    ['OK id=1tFq2K-0000ab-3X', '1tFq2K-0000ab-3X'],
    ['2.0.0 OK  1732442400 a92af1059eb24-385ee3bf7a8si12.14 - gsmtp', '1732442400'],
    ['Ok 0100018b5c3c0a4f-1b2c-000000', '0100018b5c3c0a4f-1b2c-000000'],
    ['2.6.0 <x@y.example> [InternalId=4711, Hostname=Z] Queued mail for delivery', '4711'],
    ['OK: message queued', null],
    ['Message accepted', null],
  ])('finds it in %j', (lines, id) => expect(queueId({ code: 250, lines })).toBe(id));
});
