import { domainToASCII } from 'node:url';

/** Someone a mail comes from or goes to. `name` is shown in front of the address; null or absent shows none. */
export interface Mailbox {
  name?: string | null;
  email: string;
}

/** RFC 5321, 4.5.3.1: what mail servers must be able to take, in octets. */
const MAX_LOCAL_PART = 64;
const MAX_ADDRESS = 254;
const MAX_LABEL = 63;

/** RFC 5322 dot-atom. Quoted local parts (`"a b"@…`) are legal, unused, and refused by many servers: we refuse them first. */
const DOT_ATOM = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN_LETTERS = /^[\p{L}\p{M}\p{N}.-]+$/u;
const ASCII = /^[\x21-\x7e]*$/;
const LABEL = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;

/**
 * Says why an address cannot receive mail from us, as a sentence for the person who entered it; null when it can.
 *
 * Accepted is `local@domain` with a dot-atom of ASCII letters as the local part and a domain of at least two labels,
 * which may be internationalised (`büro.example`, sent as `xn--bro-hoa.example`). Local parts outside ASCII would need
 * every server on the way to speak SMTPUTF8, and a mail that some of them return is worse than a refusal here.
 */
export function addressProblem(email: string): string | null {
  if (email === '') return 'The address is empty.';
  if (/[\r\n\0]/.test(email)) return 'The address contains a line break.';
  if (/[\s,;<>]/.test(email)) return 'Give one plain address such as name@example.com, without spaces or names.';
  const at = email.lastIndexOf('@');
  if (at < 1 || at === email.length - 1) return 'The address needs a name, an @ and a domain, as in name@example.com.';
  return localPartProblem(email.slice(0, at)) ?? domainProblem(email.slice(at + 1)) ?? lengthProblem(email);
}

/**
 * The address as mail servers and headers take it: the domain in lower-case ASCII (punycode), the local part untouched.
 * Expects an address without problem; one with a domain that cannot be converted is returned as it is.
 */
export function asciiAddress(email: string): string {
  const at = email.lastIndexOf('@');
  const domain = domainToASCII(email.slice(at + 1));
  return at < 0 || domain === '' ? email : `${email.slice(0, at)}@${domain}`;
}

/** What two spellings of the same address have in common: letter case and the form of the domain do not count. */
export function addressKey(email: string): string {
  return asciiAddress(email).toLowerCase();
}

function localPartProblem(local: string): string | null {
  if (!ASCII.test(local)) return 'The part before the @ may only use letters without accents, digits and signs.';
  if (local.length > MAX_LOCAL_PART) return `The part before the @ is longer than ${MAX_LOCAL_PART} characters.`;
  if (!DOT_ATOM.test(local))
    return 'The part before the @ has a misplaced dot, a quotation mark or another sign not allowed.';
  return null;
}

function domainProblem(domain: string): string | null {
  // Checked before the conversion, which would also decode %40 and drop invisible characters.
  if (!DOMAIN_LETTERS.test(domain)) return `${quoted(domain)} is not a domain name.`;
  const labels = domainToASCII(domain).split('.');
  if (labels.length < 2) return `The domain ${quoted(domain)} is incomplete; it ends in .com, .nl or alike.`;
  const valid = labels.every((label) => label.length <= MAX_LABEL && LABEL.test(label));
  if (!valid || /^\d+$/.test(labels.at(-1) ?? '')) return `${quoted(domain)} is not a domain name.`;
  return null;
}

function lengthProblem(email: string): string | null {
  return asciiAddress(email).length > MAX_ADDRESS ? `The address is longer than ${MAX_ADDRESS} characters.` : null;
}

function quoted(text: string): string {
  return `“${text.slice(0, MAX_LABEL)}”`;
}
