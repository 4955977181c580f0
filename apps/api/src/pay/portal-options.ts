import { isJsonObject, type JsonObject } from '#billing/resources/merge-patch';
import { type PortalUrl } from '#database/database';

/** What the maker of a portal URL lets its reader do; everything that it does not switch off. */
export interface PortalOptions {
  paysOpenInvoices: boolean;
  showsInvoices: boolean;
}

/** `invoice.options` and `customer.options`, `customer.display`. Derived payment links have none. */
export function optionsOf({ document }: Pick<PortalUrl, 'document'>): PortalOptions {
  const whole = objectIn({ document }, 'document');
  const [invoice, customer] = [objectIn(whole, 'invoice'), objectIn(whole, 'customer')];
  const options = { ...objectIn(invoice, 'options'), ...objectIn(customer, 'options') };
  return {
    paysOpenInvoices: options.pay_open_invoice !== false,
    showsInvoices: objectIn(customer, 'display').invoices !== false,
  };
}

function objectIn(parent: JsonObject, name: string): JsonObject {
  const value = parent[name];
  return isJsonObject(value) ? value : {};
}
