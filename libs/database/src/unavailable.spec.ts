import { isUnavailable } from './unavailable.js';

describe('isUnavailable', () => {
  it.each([
    ['a refused connection', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })],
    ['a server that shuts down', new Error('query', { cause: Object.assign(new Error('x'), { code: '57P01' }) })],
    [
      'too many clients, as Prisma tells it',
      Object.assign(new Error('raw'), { code: 'P2010', meta: { code: '53300' } }),
    ],
    ['no free connection in time', Object.assign(new Error('Unable to start a transaction'), { code: 'P2028' })],
    ['a lost connection', new Error('Connection terminated unexpectedly')],
    ['a deadlock that was lost five times', Object.assign(new Error('deadlock'), { code: '40P01' })],
  ])('is %s', (_what, error) => {
    expect(isUnavailable(error)).toBe(true);
  });

  it.each([
    ['a missing table', Object.assign(new Error('relation'), { code: '42P01' })],
    ['a mistake of ours', new TypeError('x is undefined')],
    ['no error at all', 'text'],
  ])('is not %s', (_what, error) => {
    expect(isUnavailable(error)).toBe(false);
  });
});
