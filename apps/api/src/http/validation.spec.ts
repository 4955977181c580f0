import { z } from 'zod';
import { type DomainError } from '#kernel/errors';
import { validate } from './validation.js';

describe('validate', () => {
  const schema = z.object({
    name: z.string().min(1).max(5),
    kind: z.enum(['A', 'B']),
    when: z.iso.datetime().optional(),
    steps: z
      .array(z.object({ value: z.int().min(0) }))
      .max(2)
      .optional(),
    parts: z.object({ flag: z.boolean() }).optional(),
    own: z
      .string()
      .refine((text) => text !== 'x', 'Anything but x.')
      .optional(),
  });
  const refusal = (value: unknown): DomainError => {
    try {
      validate(schema, value);
    } catch (error) {
      return error as DomainError;
    }
    throw new Error('It was accepted.');
  };
  const good = { name: 'n', kind: 'A' };

  it.each([
    [{ ...good, name: 7 }, 'INVALID_FIELD', 'name', 'name must be text.'],
    [{ ...good, name: null }, 'INVALID_FIELD', 'name', 'name must be text; null is not possible here.'],
    [{ ...good, name: '' }, 'INVALID_FIELD', 'name', 'name must not be empty.'],
    [{ ...good, name: 'longer' }, 'INVALID_FIELD', 'name', 'name must be at most 5 characters long.'],
    [{ kind: 'A' }, 'MISSING_FIELD', 'name', 'name is required and must be text.'],
    [{ name: 'n' }, 'MISSING_FIELD', 'kind', 'kind is required and must be one of A, B.'],
    [{ ...good, kind: 'C' }, 'INVALID_FIELD', 'kind', 'kind must be one of A, B.'],
    [{ ...good, when: 'soon' }, 'INVALID_FIELD', 'when', 'when must be an instant such as 2026-02-01T00:00:00Z.'],
    [{ ...good, steps: {} }, 'INVALID_FIELD', 'steps', 'steps must be a list.'],
    [
      { ...good, steps: [{ value: 1 }, { value: -1 }] },
      'INVALID_FIELD',
      'steps.1.value',
      'steps.1.value must be at least 0.',
    ],
    [
      { ...good, steps: [{ value: 1 }, {}] },
      'MISSING_FIELD',
      'steps.1.value',
      'steps.1.value is required and must be a number.',
    ],
    [
      { ...good, steps: [1, 2, 3].map((value) => ({ value })) },
      'INVALID_FIELD',
      'steps',
      'steps must be at most 2 items long.',
    ],
    [{ ...good, parts: { flag: 'yes' } }, 'INVALID_FIELD', 'parts.flag', 'parts.flag must be true or false.'],
    [{ ...good, own: 'x' }, 'INVALID_FIELD', 'own', 'Anything but x.'],
    [[], 'BAD_REQUEST', undefined, 'The body must be an object.'],
    ['text', 'BAD_REQUEST', undefined, 'The body must be an object.'],
  ])('refuses %j with %s %s', (value, code, field, message) => {
    const { code: given, details, message: sentence } = refusal(value);
    expect([given, details.field, sentence]).toEqual([code, field, message]);
  });

  it('takes the first problem in the order in which the value was written', () => {
    expect(refusal({ kind: 'C', name: 7 }).details.field).toBe('kind');
    expect(refusal({ name: 7, kind: 'C' }).details.field).toBe('name');
    expect(refusal({ parts: { flag: 1 }, name: 7, kind: 'C' }).details.field).toBe('parts.flag');
  });

  it('drops what the schema does not know', () => {
    expect(validate(schema, { ...good, id: 'mine' })).toEqual(good);
  });
});
