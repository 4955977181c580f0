import fc from 'fast-check';
import { addressKey, addressProblem } from './address.js';
import { resolveRecipients, type RecipientSources } from './resolve-recipients.js';

const sources = (overrides: Partial<RecipientSources> = {}): RecipientSources => ({
  customer: { email: 'ada@example.com', name: 'Ada Ltd' },
  cc: [],
  bcc: [],
  contacts: [],
  ...overrides,
});

const recipientsOf = (given: Partial<RecipientSources>) => {
  const decision = resolveRecipients(sources(given));
  if ('problem' in decision) throw new Error(decision.message);
  return decision;
};

describe('resolveRecipients', () => {
  it('sends to the customer, with copies to configured addresses first and then to contacts', () => {
    const { recipients, left_out } = recipientsOf({
      cc: ['books@example.com'],
      contacts: [{ email: 'bob@example.com', name: 'Bob' }],
      bcc: ['archive@example.com'],
    });
    expect(recipients).toEqual({
      to: [{ name: 'Ada Ltd', email: 'ada@example.com' }],
      cc: [
        { name: null, email: 'books@example.com' },
        { name: 'Bob', email: 'bob@example.com' },
      ],
      bcc: [{ name: null, email: 'archive@example.com' }],
    });
    expect(left_out).toEqual([]);
  });

  it('gives an address its strongest role and keeps the spelling first seen', () => {
    const { recipients } = recipientsOf({
      customer: { email: ' Ada@Büro.example ', name: null },
      cc: ['ADA@xn--bro-hoa.example', 'Bob@example.com'],
      contacts: [{ email: 'bob@EXAMPLE.com', name: 'Bob' }],
      bcc: ['bob@example.com', 'ada@büro.example'],
    });
    expect(recipients.to).toEqual([{ name: null, email: 'Ada@Büro.example' }]);
    expect(recipients.cc).toEqual([{ name: null, email: 'Bob@example.com' }]);
    expect(recipients.bcc).toEqual([]);
  });

  it('leaves a copy out whose address cannot be used, and says so', () => {
    const { recipients, left_out } = recipientsOf({
      contacts: [
        { email: 'bob@example', name: 'Bob' },
        { email: null, name: 'Carl' },
        { email: 'dora@example.com', name: 'Dora' },
      ],
      bcc: ['nope'],
    });
    expect(recipients.cc).toEqual([{ name: 'Dora', email: 'dora@example.com' }]);
    expect(left_out).toEqual([
      { address: 'bob@example', why: expect.stringContaining('incomplete') },
      { address: 'nope', why: expect.stringContaining('needs a name') },
    ]);
  });

  it.each([[null], [''], ['  ']])('has no recipient when the customer has the address %j', (email) => {
    const decision = resolveRecipients(sources({ customer: { email, name: null }, cc: ['bob@example.com'] }));
    expect(decision).toMatchObject({ problem: 'RECIPIENT_MISSING', message: expect.stringContaining('Add one') });
  });

  it('has an invalid recipient when the address of the customer cannot be used', () => {
    const decision = resolveRecipients(sources({ customer: { email: 'ada@example.com\nx', name: null } }));
    expect(decision).toMatchObject({ problem: 'RECIPIENT_INVALID', message: expect.stringContaining('Correct it') });
  });

  const spelling = fc
    .tuple(fc.constantFrom('ada', 'bob', 'carl', 'no one'), fc.constantFrom('example.com', 'büro.example', 'localhost'))
    .chain(([local, domain]) => fc.constantFrom(`${local}@${domain}`, `${local}@${domain}`.toUpperCase()));

  it('gives every usable address exactly one role, the strongest, and invents none', () => {
    fc.assert(
      fc.property(spelling, fc.array(spelling), fc.array(spelling), fc.array(spelling), (to, cc, people, bcc) => {
        const contacts = people.map((email) => ({ email, name: null }));
        const decision = resolveRecipients(sources({ customer: { email: to, name: null }, cc, contacts, bcc }));
        if ('problem' in decision) {
          expect(addressProblem(to)).not.toBeNull();
          return;
        }
        const keys = (list: readonly string[]): string[] => list.map(addressKey);
        const usable = (list: readonly string[]): string[] =>
          keys(list.filter((email) => addressProblem(email) === null));
        const { recipients } = decision;
        const inTo = new Set(keys([to]));
        const inCc = new Set(usable([...cc, ...people]).filter((key) => !inTo.has(key)));
        const inBcc = new Set(usable(bcc).filter((key) => !inTo.has(key) && !inCc.has(key)));
        expect(keys(recipients.to.map((mailbox) => mailbox.email))).toEqual([...inTo]);
        expect(keys(recipients.cc.map((mailbox) => mailbox.email))).toEqual([...inCc]);
        expect(keys(recipients.bcc.map((mailbox) => mailbox.email))).toEqual([...inBcc]);
      }),
    );
  });
});
