import { createHmac, timingSafeEqual } from 'node:crypto';
import { decimal } from '#kernel/amount';
import { ID_PREFIX } from '#kernel/ids';
import { CLOSED_STATUSES, isCredit } from '../invoices/invoice-document.js';
import { type InvoiceFact } from '../mail-facts.js';

/** Letters of an id behind its prefix, and of the secret behind them in an alias (142 bits). */
const ID_LETTERS = 20;
const SECRET_LETTERS = 24;

/**
 * Makes and reads payment links. A link is derived: its portal URL's id from platform and invoice, its secret (the alias) from
 * that id, both by an HMAC. So it can be printed again at any time and nothing secret is stored.
 */
export class PayLinks {
  /** @param secret ENCRYPTION_KEY. @param publicUrl where customers reach the pay page, without a slash at the end. */
  constructor(
    private readonly secret: string,
    private readonly publicUrl: string,
  ) {}

  /** The id of the one PAY_INVOICE portal URL of an invoice. */
  portalUrlId(platformId: string, invoiceId: string): string {
    return `${ID_PREFIX.portalUrl}_${this.mac(`portal-url|${platformId}|${invoiceId}`, 20)}`;
  }

  /** `base64url(<alias>.<portal url id>)` (e.65). */
  token(portalUrlId: string): string {
    return Buffer.from(`${this.alias(portalUrlId)}.${portalUrlId}`).toString('base64url');
  }

  url(platformId: string, invoiceId: string): string {
    return this.pageUrl(this.portalUrlId(platformId, invoiceId));
  }

  /** Where the page of a portal URL is, derived or not. */
  pageUrl(portalUrlId: string): string {
    return `${this.publicUrl}/pay/${this.token(portalUrlId)}`;
  }

  /** The portal URL's id that a token opens; null when the token is not one of ours. */
  open(token: string): string | null {
    if (token.length > 200) return null;
    const [alias, id] = Buffer.from(token, 'base64url').toString().split('.');
    if (!alias || !id) return null;
    return this.openAlias(alias) === id ? id : null;
  }

  /** The portal URL's id that an alias alone opens (`token_alias`, e.65); null when the alias is not one of ours. */
  openAlias(alias: string): string | null {
    const id = `${ID_PREFIX.portalUrl}_${alias.slice(0, ID_LETTERS)}`;
    const right = Buffer.from(this.alias(id));
    const given = Buffer.from(alias);
    return given.length === right.length && timingSafeEqual(given, right) ? id : null;
  }

  /** Begins with the letters of the id, so that it can be read without a table of aliases. */
  private alias(portalUrlId: string): string {
    return `${portalUrlId.slice(-ID_LETTERS)}${this.mac(`alias|${portalUrlId}`, SECRET_LETTERS)}`;
  }

  private mac(text: string, length: number): string {
    const digest = createHmac('sha256', this.secret).update(text).digest('base64');
    return digest.replace(/[^A-Za-z0-9]/g, 'x').slice(0, length);
  }
}

/** Whether the customer has something to pay on the invoice as it is now. */
export function somethingToPay(invoice: Pick<InvoiceFact, 'status' | 'type' | 'openAmount'>): boolean {
  if (isCredit(invoice.type) || CLOSED_STATUSES.includes(invoice.status)) return false;
  return invoice.openAmount !== null && decimal(invoice.openAmount).greaterThan(0);
}
