import { addressKey, addressProblem, asciiAddress } from './address.js';

describe('addressProblem', () => {
  it.each([
    'ada@example.com',
    "o'brien+invoices=2026@mail.example.co.uk",
    'ada@büro.example',
    'ada@例え.テスト',
    'ada@xn--bro-hoa.example',
    `${'a'.repeat(64)}@example.com`,
    '!#$%&*/?^_`{|}~-@example.com',
  ])('takes %s', (email) => expect(addressProblem(email)).toBeNull());

  it.each([
    ['', 'empty'],
    ['ada', 'needs a name, an @ and a domain'],
    ['@example.com', 'needs a name'],
    ['ada@', 'needs a name'],
    ['ada@example.com\r\nBcc: eve@example.com', 'line break'],
    ['ada@example.com\0', 'line break'],
    ['Ada <ada@example.com>', 'one plain address'],
    ['ada@example.com, bob@example.com', 'one plain address'],
    ['ada lovelace@example.com', 'one plain address'],
    ['ada..l@example.com', 'misplaced dot'],
    ['.ada@example.com', 'misplaced dot'],
    ['"ada"@example.com', 'quotation mark'],
    ['a@b@example.com', 'not allowed'],
    ['jörg@example.com', 'without accents'],
    [`${'a'.repeat(65)}@example.com`, 'longer than 64'],
    [`a@${'b.'.repeat(124)}example.com`, 'longer than 254'],
    ['ada@localhost', 'incomplete'],
    ['ada@example..com', 'not a domain name'],
    ['ada@example.com.', 'not a domain name'],
    ['ada@-example.com', 'not a domain name'],
    ['ada@exa_mple.com', 'not a domain name'],
    ['ada@127.0.0.1', 'not a domain name'],
    ['ada@[127.0.0.1]', 'not a domain name'],
    ['ada@exa%6dple.com', 'not a domain name'],
    ['ada@exam\u200bple.com', 'not a domain name'],
    [`ada@${'b'.repeat(64)}.com`, 'not a domain name'],
  ])('says why %j cannot be used', (email, why) => expect(addressProblem(email)).toContain(why));
});

describe('asciiAddress', () => {
  it('writes the domain as mail servers know it and leaves the local part alone', () => {
    expect(asciiAddress('Ada@BÜRO.example')).toBe('Ada@xn--bro-hoa.example');
  });
});

describe('addressKey', () => {
  it('is the same for all spellings of an address', () => {
    expect(addressKey('Ada@BÜRO.example')).toBe(addressKey('ADA@xn--bro-hoa.EXAMPLE'));
  });
});
