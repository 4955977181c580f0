import { createHmac } from 'node:crypto';
import { penaltyMs } from './penalty-box.js';
import { signatureHeaders } from './signature.js';

const now = new Date('2026-02-01T10:00:00.400Z');
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
const by = (key: string) =>
  `v1=${createHmac('sha256', key).update('2026-02-01T10:00:00Z.{"a":1}').digest('hex').toUpperCase()}`;

describe('signatureHeaders (e.58)', () => {
  it('signs timestamp and payload in upper-case hex', () => {
    expect(signatureHeaders('{"a":1}', { secret_key: 'new' }, null, now)).toEqual({
      'X-PAYLOAD-SIGNATURE-TIMESTAMP': '2026-02-01T10:00:00Z',
      'X-PAYLOAD-SIGNATURE': by('new'),
    });
  });

  it.each([
    [
      'both, the new one first, for a day after a roll',
      { secret_key: 'new', previous_secret_key: 'old' },
      23,
      `${by('new')},${by('old')}`,
    ],
    ['the new one alone after that', { secret_key: 'new', previous_secret_key: 'old' }, 25, by('new')],
    ['the old one for a day after it was removed', { previous_secret_key: 'old' }, 23, by('old')],
    ['nobody when none is left', { previous_secret_key: 'old' }, 25, undefined],
  ])('lets sign %s', (_who, keys, hours, expected) => {
    expect(signatureHeaders('{"a":1}', keys, hoursAgo(hours), now)['X-PAYLOAD-SIGNATURE']).toBe(expected);
  });
});

describe('penaltyMs', () => {
  it('waits 2, 4, 8, 16, 32 minutes, 1, 2, 4, 8 hours, then 8 hours each time', () => {
    const minutes = Array.from({ length: 11 }, (_, failures) => penaltyMs(failures + 1) / 60_000);
    expect(minutes).toEqual([2, 4, 8, 16, 32, 60, 120, 240, 480, 480, 480]);
  });
});
