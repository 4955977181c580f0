import { type Amount, decimal } from '#kernel/amount';
import { type Formatter, formatter } from '#kernel/format';
import { bankTransfer, canReceive, type PayBankAccount } from './bank-transfer.js';
import { html, type Html, trusted } from './html.js';
import { payFrame } from './pay-frame.js';
import { payTextsFor } from './texts/pay-texts.js';
import { type PayTexts } from './texts/texts.js';

/** Everything that the hosted pay page shows. Nothing is computed from it but words: amounts and states are stated. */
export interface PayPageView {
  /** The customer's, BCP 47; pages exist in English, Dutch and German. */
  locale: string;
  /** IANA zone in which instants are written as days. */
  zone: string;
  seller: { name: string; email: string | null; addressLines: string[] };
  customerName: string | null;
  invoice: {
    number: string | null;
    date: string | null;
    dueDate: string | null;
    total: Amount | null;
    /** Still to pay at this moment; the page asks for exactly this. */
    open: Amount;
    isOverdue: boolean;
    /** Where the document can be read, on this site; null when it is not to be shown. */
    pdfUrl: string | null;
  };
  /** NOT_PAYABLE: nothing may be paid now, whatever is open (archived, not final). */
  state: 'OPEN' | 'PAID' | 'NOTHING_TO_PAY' | 'NOT_PAYABLE';
  bankAccounts: PayBankAccount[];
  /** Other sites to pay on; only absolute https addresses are offered, the others are left out. */
  redirects: { label: string; url: string }[];
}

/**
 * The pay page as a whole HTML document, to be served with `PAY_PAGE_HEADERS`. Ways to pay are shown in state OPEN only.
 * It works without JavaScript, which only adds buttons that copy.
 */
export function payPage(view: PayPageView): string {
  const { texts, formatLocale } = payTextsFor(view.locale);
  const format = formatter(formatLocale, view.zone);
  const { seller, invoice } = view;
  const content = html`<header class="seller" dir="auto">${seller.name}</header>
    <main>
      <section class="card">
        ${headline(view, format, texts)}${facts(view, format, texts)}${
          invoice.pdfUrl &&
          html`<p class="document"><a href="${invoice.pdfUrl}" target="_blank">${texts.openInvoice}</a></p>`
        }
      </section>
      ${view.state === 'OPEN' && waysToPay(view, format, texts)}
    </main>
    ${footer(view, texts)}`;
  return payFrame(texts.title(invoice.number, seller.name), texts, content);
}

/** The friendly page for a link that opens nothing. @param locale the reader's, e.g. from `Accept-Language`. */
export function payProblemPage(kind: 'UNKNOWN' | 'EXPIRED' | 'REVOKED', locale: string): string {
  const { texts } = payTextsFor(locale);
  const { title, detail, advice } = texts.problems[kind];
  const content = html`<main>
    <section class="card">
      ${outcome(
        'question',
        title,
        html`<p>${detail}</p>
          <p class="advice">${advice}</p>`,
      )}
    </section>
  </main>`;
  return payFrame(title, texts, content);
}

function headline(view: PayPageView, format: Formatter, texts: PayTexts): Html {
  switch (view.state) {
    case 'OPEN':
      return openHeadline(view, format, texts);
    case 'PAID':
      return outcome('check', texts.paid, html`<p>${texts.paidDetail}</p>`);
    case 'NOTHING_TO_PAY':
      return outcome('check', texts.nothingToPay, html`<p>${texts.nothingToPayDetail}</p>`);
    case 'NOT_PAYABLE':
      return outcome('question', texts.notPayable, html`<p>${texts.notPayableDetail(view.seller.name)}</p>`);
  }
}

function openHeadline({ invoice }: PayPageView, format: Formatter, texts: PayTexts): Html {
  const day = invoice.dueDate && format.date(invoice.dueDate);
  const when = day && (invoice.isOverdue ? texts.wasDue(day) : texts.due(day));
  return html`<p class="kind">
      <span>${texts.invoice} <bdi>${invoice.number}</bdi></span
      >${invoice.isOverdue && html`<span class="badge">${texts.overdue}</span>`}
    </p>
    <h1 class="sum">
      <span class="label">${texts.toPay}</span> <span class="money">${format.money(invoice.open)}</span>
    </h1>
    ${when && html`<p class="when${invoice.isOverdue && ' late'}">${when}</p>`}`;
}

const MARKS = {
  check: trusted('<path d="M5 12.5l4.5 4.5L19 7.5"/>'),
  question: trusted('<path d="M9 9a3 3 0 1 1 4.2 2.75c-.8.4-1.2 1-1.2 1.9v.35M12 17.5v.01"/>'),
};

function outcome(mark: keyof typeof MARKS, title: string, detail: Html): Html {
  return html`<div class="outcome">
    <span class="mark${mark === 'check' && ' good'}" aria-hidden="true"
      ><svg viewBox="0 0 24 24">${MARKS[mark]}</svg></span
    >
    <div>
      <h1>${title}</h1>
      ${detail}
    </div>
  </div>`;
}

function facts({ invoice, customerName, state }: PayPageView, format: Formatter, texts: PayTexts): Html | null {
  const { total, open } = invoice;
  const settled = state === 'OPEN' && total && settledPart(total, open);
  const lines = [
    fact(texts.billedTo, customerName),
    fact(texts.invoiceNumber, invoice.number),
    fact(texts.invoiceDate, invoice.date && format.date(invoice.date)),
    state !== 'OPEN' && fact(texts.dueDate, invoice.dueDate && format.date(invoice.dueDate)),
    fact(texts.total, total && format.money(total)),
    settled && fact(texts.settled, format.money(settled)),
    settled && fact(texts.stillOpen, format.money(open), 'strong'),
  ];
  return lines.some(Boolean) ? html`<dl class="facts">${lines}</dl>` : null;
}

function fact(label: string, value: string | null, weight?: 'strong'): Html | null {
  return value
    ? html`<div class="${weight}">
        <dt>${label}</dt>
        <dd dir="auto">${value}</dd>
      </div>`
    : null;
}

/** What was paid or credited so far, null when the whole total is open or more than that. */
function settledPart(total: Amount, open: Amount): Amount | null {
  if (total.currency !== open.currency) return null;
  const settled = decimal(total.quantity).minus(open.quantity);
  return settled.gt(0) ? { quantity: settled.toFixed(), currency: total.currency } : null;
}

function waysToPay(view: PayPageView, format: Formatter, texts: PayTexts): Html {
  const { invoice, seller } = view;
  const bankAccounts = view.bankAccounts.filter(canReceive);
  const redirects = view.redirects.filter(({ url }) => isHttps(url));
  if (redirects.length + bankAccounts.length === 0) {
    return html`<section class="card"><p>${texts.contactToPay(seller.name)}</p></section>`;
  }
  const online =
    redirects.length > 0 &&
    html`<section class="card">
      <h2>${texts.payOnline}</h2>
      <ul class="online">
        ${redirects.map(
          ({ label, url }) =>
            html`<li>
              <a class="go" href="${url}" rel="noopener noreferrer" dir="auto">${label.trim() || texts.payOnline}</a>
            </li>`,
        )}
      </ul>
    </section>`;
  const transferFacts = { open: invoice.open, fallbackReference: invoice.number };
  const transfer =
    bankAccounts.length > 0 &&
    html`<section class="card">
      <h2>${redirects.length > 0 ? texts.orByTransfer : texts.byTransfer}</h2>
      <p class="hint">${bankAccounts.length > 1 ? texts.chooseAccount : texts.transferHint}</p>
      ${bankTransfer(bankAccounts, transferFacts, format, texts)}
    </section>`;
  return html`${online}${transfer}`;
}

function isHttps(url: string): boolean {
  return URL.canParse(url) && new URL(url).protocol === 'https:';
}

function footer({ seller, state }: PayPageView, texts: PayTexts): Html {
  const mailto = seller.email && `mailto:${encodeURIComponent(seller.email).replace('%40', '@')}`;
  const addressed = seller.addressLines.filter((line) => line.trim() !== '');
  return html`<footer>
    ${state === 'OPEN' && html`<p>${texts.current}</p>`}
    ${mailto && html`<p>${texts.questions} <a href="${mailto}">${seller.email}</a></p>`}
    ${addressed.length > 0 && html`<address dir="auto"><strong>${seller.name}</strong>${addressed.map((line) => html`<br />${line}`)}</address>`}
  </footer>`;
}
