import { type LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Ranges that lead into somebody's network are refused, but for installations that allow it. */
export interface OutgoingRules {
  allowPrivateAddresses: boolean;
}

/**
 * Judges a URL by what it says, without asking anybody (e.75): where its name leads is judged at each connection.
 * @returns what is wrong with it, as a sentence about `url`; null when it may be called.
 */
export function urlProblem(text: string, rules: OutgoingRules): string | null {
  const url = URL.parse(text);
  if (!url || !['http:', 'https:'].includes(url.protocol)) return 'url must be a complete http or https URL.';
  if (url.username !== '' || url.password !== '') {
    return 'url must not contain a user name or password; use authentication_type PASSWORD.';
  }
  const problem = hostProblem(url.hostname, rules);
  return problem && `url ${problem}`;
}

/** @param host as `URL` writes it: decimal and octal addresses are dotted there. @returns as the end of a sentence. */
function hostProblem(host: string, rules: OutgoingRules): string | null {
  if (rules.allowPrivateAddresses) return null;
  const name = host.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (isIP(name)) return isPublicAddress(name) ? null : `leads to ${name}, which is not a public address.`;
  const local = /(^|\.)(localhost|local|internal|localdomain)$/i.test(name) || !name.includes('.');
  return local ? `leads to ${name}, which is a name inside a private network.` : null;
}

/** Whether an address belongs to the public internet; IPv4 in the forms of IPv6 counts as what it leads to. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv6 && parsed.match(IPV4_COMPATIBLE, 96)) return false;
  return parsed.range() === 'unicast';
}

/** `::a.b.c.d`: deprecated, and led to IPv4. */
const IPV4_COMPATIBLE = ipaddr.IPv6.parse('::');

/** Of what a name resolves to, all or nothing: a name that leads inside by one of its addresses leads to no other either. */
export function privateAddress(addresses: readonly LookupAddress[], rules: OutgoingRules): string | null {
  if (rules.allowPrivateAddresses) return null;
  return addresses.find(({ address }) => !isPublicAddress(address))?.address ?? null;
}
