import { z } from 'zod';
import { patchOf } from './patch-of.js';

describe('the schema of a PATCH', () => {
  const whole = z.object({
    reference: z.string(),
    smtp: z.object({ host: z.string(), port: z.int().nullish() }).optional(),
    party: z.looseObject({ name: z.string() }).nullish(),
    lines: z.array(z.object({ text: z.string() })).optional(),
  });
  const patch = patchOf(whole);

  it.each<[string, object]>([
    ['nothing', {}],
    ['a part of an object', { smtp: { port: 25 } }],
    ['null where the whole may have it', { party: null, smtp: { port: null } }],
    ['members that an open object keeps', { party: { more: 1 } }],
  ])('takes %s', (_what, body) => {
    expect(patch.parse(body)).toEqual(body);
  });

  it.each<[string, object]>([
    ['null where the whole cannot have it', { smtp: { host: null } }],
    ['another type, however deep', { smtp: { port: 'x' } }],
    ['an item of a list that lacks something, since lists replace', { lines: [{}] }],
  ])('refuses %s', (_what, body) => {
    expect(patch.safeParse(body).success).toBe(false);
  });
});
