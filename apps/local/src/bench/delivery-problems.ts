import { addressOf } from './bench-invoice.js';
import { type Arrival } from './sink/sink.js';

/**
 * What is wrong with the mails of a round, in sentences: each customer must have got exactly one, with its PDF, and nobody
 * else any.
 */
export function deliveryProblems(arrivals: ReadonlyMap<string, Arrival>, prefix: string, invoices: number): string[] {
  const customers = new Set(Array.from({ length: invoices }, (_, i) => addressOf(prefix, i)));
  const strangers = [...arrivals.keys()].filter((address) => !customers.has(address));
  return [
    ...[...customers].flatMap((address) => problemOf(address, arrivals.get(address))),
    ...strangers.map((address) => `${address} got mail and is no customer of this round.`),
  ];
}

function problemOf(address: string, arrival: Arrival | undefined): string[] {
  if (!arrival) return [`${address} got no mail.`];
  if (arrival.times > 1) return [`${address} got ${arrival.times} mails.`];
  return arrival.withPdf ? [] : [`${address} got a mail without its PDF.`];
}
