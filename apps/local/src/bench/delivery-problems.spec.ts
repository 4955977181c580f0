import { addressOf } from './bench-invoice.js';
import { deliveryProblems } from './delivery-problems.js';
import { type Arrival } from './sink/sink.js';

const arrival = (overrides: Partial<Arrival> = {}): Arrival => ({
  times: 1,
  bytes: 45_000,
  withPdf: true,
  at: 0,
  ...overrides,
});
const arrivals = (...list: Arrival[]) => new Map(list.map((found, i) => [addressOf('round-', i), found]));

describe('deliveryProblems', () => {
  it('finds nothing when each customer got one mail with its PDF', () => {
    expect(deliveryProblems(arrivals(arrival(), arrival()), 'round-', 2)).toEqual([]);
  });

  it.each([
    ['a lost mail', arrivals(arrival()), 'round-1@customers.example got no mail.'],
    ['a doubled mail', arrivals(arrival(), arrival({ times: 2 })), 'round-1@customers.example got 2 mails.'],
    [
      'a mail without its PDF',
      arrivals(arrival(), arrival({ withPdf: false })),
      'round-1@customers.example got a mail without its PDF.',
    ],
    [
      'a mail to somebody else',
      arrivals(arrival(), arrival(), arrival()),
      'round-2@customers.example got mail and is no customer of this round.',
    ],
  ])('names %s', (_what, found, problem) => {
    expect(deliveryProblems(found, 'round-', 2)).toEqual([problem]);
  });
});
