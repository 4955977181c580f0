import { type Amount } from '#kernel/amount';
import { formatter } from '#kernel/format';
import { html, type Html } from './html.js';
import { payFrame } from './pay-frame.js';
import { payTextsFor } from './texts/pay-texts.js';

/** What the page of a customer's portal URL shows: what he has still to pay. */
export interface CustomerPageView {
  /** The customer's, BCP 47. */
  locale: string;
  /** IANA. */
  zone: string;
  platformName: string;
  customerName: string | null;
  /** In the order in which they are due. */
  invoices: OpenInvoice[];
}

export interface OpenInvoice {
  number: string | null;
  dueDate: string | null;
  open: Amount;
  isOverdue: boolean;
  /** The page of the invoice, on this site. */
  url: string;
}

/** The page as a whole HTML document, to be served with `PAY_PAGE_HEADERS`. */
export function customerPage(view: CustomerPageView): string {
  const { texts, formatLocale } = payTextsFor(view.locale);
  const format = formatter(formatLocale, view.zone);
  const line = ({ number, dueDate, open, isOverdue, url }: OpenInvoice): Html => {
    const day = dueDate && format.date(dueDate);
    return html`<li>
      <a class="go" href="${url}">${texts.invoice} <bdi>${number}</bdi> · ${format.money(open)}</a>
      ${day && html`<p class="when${isOverdue && ' late'}">${isOverdue ? texts.wasDue(day) : texts.due(day)}</p>`}
    </li>`;
  };
  const { invoices } = view;
  const title = invoices.length > 0 ? texts.stillOpen : texts.nothingToPay;
  const content = html`<header class="seller" dir="auto">${view.platformName}</header>
    <main>
      <section class="card">
        <h1>${title}</h1>
        ${view.customerName && html`<p>${texts.billedTo} <bdi>${view.customerName}</bdi></p>`}
        ${
          invoices.length > 0 &&
          html`<ul class="online">
            ${invoices.map(line)}
          </ul>`
        }
      </section>
    </main>`;
  return payFrame(title, texts, content);
}
