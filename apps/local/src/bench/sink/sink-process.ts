import { once } from 'node:events';
import { type AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { answerQuestions } from '../child-calls.js';
import { now } from '../clock.js';
import { type Arrival, type SinkQuestion } from './sink.js';

interface Waiter {
  prefix: string;
  missing: number;
  resolve: (at: number) => void;
}

/* The entry of the sink's process. */
const arrivals = new Map<string, Arrival>();
const waiters = new Set<Waiter>();
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  disableReverseLookup: true,
  onData: (stream, session, callback) => {
    receive(stream, session).then(() => callback(null), callback);
  },
});
server.listen(0, '127.0.0.1');
const listening = once(server.server, 'listening');
answerQuestions(answer);

async function answer(question: SinkQuestion): Promise<unknown> {
  switch (question.kind) {
    case 'URL':
      await listening;
      return `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
    case 'ARRIVALS':
      return new Map(arrivalsOf(question.prefix));
    case 'ARRIVED':
      return arrived(question.prefix, question.count);
  }
}

function arrivalsOf(prefix: string): [string, Arrival][] {
  return [...arrivals].filter(([address]) => address.startsWith(prefix));
}

function arrived(prefix: string, count: number): Promise<number> {
  const there = arrivalsOf(prefix);
  if (there.length >= count) return Promise.resolve(Math.max(...there.map(([, { at }]) => at)));
  return new Promise((resolve) => waiters.add({ prefix, missing: count - there.length, resolve }));
}

async function receive(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  const mime = Buffer.concat(chunks);
  const withPdf = mime.includes('application/pdf');
  for (const { address } of session.envelope.rcptTo) note(address, { bytes: mime.length, withPdf, at: now() });
}

function note(address: string, mail: Omit<Arrival, 'times'>): void {
  const times = (arrivals.get(address)?.times ?? 0) + 1;
  arrivals.set(address, { ...mail, times });
  if (times > 1) return;
  for (const waiter of waiters) {
    if (!address.startsWith(waiter.prefix)) continue;
    waiter.missing -= 1;
    if (waiter.missing > 0) continue;
    waiters.delete(waiter);
    waiter.resolve(mail.at);
  }
}
