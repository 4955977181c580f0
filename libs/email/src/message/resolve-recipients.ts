import { addressKey, addressProblem, type Mailbox } from './address.js';

export interface RecipientSources {
  customer: { email: string | null; name: string | null };
  /** The action's static addresses. */
  cc: readonly string[];
  bcc: readonly string[];
  /** Contacts that get a copy: already filtered by opt-out and by the action's `include_customer_contacts_as_cc`. */
  contacts: readonly { email: string | null; name: string | null }[];
}

/** The final lists. An address is in one of them, once. */
export interface Recipients {
  to: Mailbox[];
  cc: Mailbox[];
  bcc: Mailbox[];
}

/** A configured or contact address that gets no copy, and the sentence that says why. */
export interface LeftOut {
  address: string;
  why: string;
}

export type RecipientDecision =
  | { recipients: Recipients; left_out: LeftOut[] }
  | { problem: 'RECIPIENT_MISSING' | 'RECIPIENT_INVALID'; message: string };

/**
 * Decides who receives a billing mail.
 *
 * To is the customer's address and nobody else. An address appears once, in the strongest role it has: To beats Cc beats
 * Bcc. Letter case and the form of an international domain do not make two addresses of one; the spelling first seen
 * stays, without the spaces around it. Order is stable: configured Cc first, then contacts in the order given.
 *
 * @returns the lists and, in `left_out`, each copy that is not sent because its address cannot be used; contacts without
 *   an address are no recipients at all. Or the problem: a mail without a usable To is sent to nobody, and somebody must
 *   correct the customer.
 */
export function resolveRecipients(sources: RecipientSources): RecipientDecision {
  const email = sources.customer.email?.trim() ?? '';
  if (email === '') {
    return { problem: 'RECIPIENT_MISSING', message: 'The customer has no email address. Add one and retry this mail.' };
  }
  const invalid = addressProblem(email);
  if (invalid !== null) {
    const message = `The customer's email address cannot be used: ${invalid} Correct it and retry this mail.`;
    return { problem: 'RECIPIENT_INVALID', message };
  }

  const taken = new Set([addressKey(email)]);
  const left_out: LeftOut[] = [];
  const admit = (candidates: readonly Mailbox[]): Mailbox[] =>
    candidates.filter(({ email: address }) => {
      const why = addressProblem(address);
      if (why !== null) left_out.push({ address, why });
      if (why !== null || taken.has(addressKey(address))) return false;
      taken.add(addressKey(address));
      return true;
    });

  const contacts = sources.contacts.flatMap((contact) => mailbox(contact.email, contact.name));
  const cc = admit([...sources.cc.flatMap((address) => mailbox(address, null)), ...contacts]);
  const bcc = admit(sources.bcc.flatMap((address) => mailbox(address, null)));
  return { recipients: { to: [{ name: sources.customer.name, email }], cc, bcc }, left_out };
}

function mailbox(email: string | null, name: string | null): Mailbox[] {
  const address = email?.trim() ?? '';
  return address === '' ? [] : [{ name, email: address }];
}
