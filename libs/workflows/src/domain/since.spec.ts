import fc from 'fast-check';
import { scopeSince, type Since, stepsSince } from './since.js';

const JANUARY = '2026-01-01T00:00:00.000Z';
const FEBRUARY = '2026-02-01T00:00:00.000Z';
const MARCH = '2026-03-01T00:00:00.000Z';
const march = new Date(MARCH);

describe('stepsSince', () => {
  it('starts new steps now, keeps those that stay and forgets those that go', () => {
    const before = { '7 DAY': JANUARY, '15 DAY': FEBRUARY };
    expect(stepsSince(before, ['7 DAY', '30 DAY'], march)).toEqual({ '7 DAY': JANUARY, '30 DAY': MARCH });
  });
});

describe('scopeSince', () => {
  it.each([
    ['starts everyone at the activation', {}, null, { '*': MARCH }],
    ['starts each of a list at the activation', {}, ['a', 'b'], { a: MARCH, b: MARCH }],
    ['starts a customer who joins the list now', { a: JANUARY }, ['a', 'b'], { a: JANUARY, b: MARCH }],
    ['forgets a customer who leaves the list', { a: JANUARY, b: FEBRUARY }, ['a'], { a: JANUARY }],
    ['opens a list to everyone from now on, the listed keep theirs', { a: JANUARY }, null, { a: JANUARY, '*': MARCH }],
    ['narrows everyone to a list whose members keep what everyone had', { '*': FEBRUARY }, ['a'], { a: FEBRUARY }],
    [
      'narrows to a list whose earlier members keep their own',
      { a: JANUARY, '*': FEBRUARY },
      ['a', 'b'],
      { a: JANUARY, b: FEBRUARY },
    ],
  ] as [string, Since, string[] | null, Since][])('%s', (_rule, before, scope, after) => {
    expect(scopeSince(before, scope, march)).toEqual(after);
  });

  it('never moves the entry of a customer who stays in the scope', () => {
    const scopes = fc.option(fc.uniqueArray(fc.constantFrom<string>('a', 'b', 'c'), { minLength: 1 }), { nil: null });
    fc.assert(
      fc.property(fc.array(scopes, { minLength: 2, maxLength: 8 }), (history) => {
        const entry = (since: Since, id: string) => since[id] ?? since['*'];
        let since: Since = {};
        let before: string[] | null = [];
        for (const [day, scope] of history.entries()) {
          const next = scopeSince(since, scope, new Date(2026, 0, 1 + day));
          for (const id of ['a', 'b', 'c']) {
            const was = before === null || before.includes(id);
            const is = scope === null || scope.includes(id);
            if (was && is) expect(entry(next, id)).toBe(entry(since, id));
            if (is) expect(entry(next, id)).toBeDefined();
          }
          [since, before] = [next, scope];
        }
      }),
    );
  });
});
