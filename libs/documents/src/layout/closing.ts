import { type InvoiceContent, type Remarks } from '../content/invoice-content.js';
import { type Payment } from '../content/payment.js';
import { type Detail } from '../content/details.js';
import { type Frame, indented, overlay, stack } from './frame.js';
import { CONTENT_WIDTH } from './geometry.js';
import { sectionHead } from './head.js';
import { type LinkItem } from './item.js';
import { type Block } from './paginate.js';
import { BODY, BODY_MUTED, LINKED, LINKED_BOLD, PANEL, SMALL_MUTED, BODY_BOLD } from './style.js';
import { type Typesetter } from './typesetter.js';

const PADDING = 12;
const GUTTER = 24;
const INNER = CONTENT_WIDTH - 2 * PADDING;
const LINK_WIDTH = 170;

/** How to pay: the link and the bank accounts, in panels that stay in one piece. */
export function paymentBlocks(set: Typesetter, { payment }: InvoiceContent): Block[] {
  if (!payment) return [];
  return [
    { ...sectionHead(set, payment.heading), gap: 20, keepWithNext: true },
    ...panelContents(set, payment).map((frame, i): Block => ({ ...panel(frame), gap: i === 0 ? 5 : 6 })),
  ];
}

/** A link and one account share a panel; with more accounts the link has its own and they stand two by two. */
function panelContents(set: Typesetter, { link, accounts }: Payment): Frame[] {
  const [only, ...more] = accounts;
  if (link && only && more.length === 0) {
    const account = grid(set, only, INNER - LINK_WIDTH - GUTTER);
    return [overlay(linkFrame(set, link, LINK_WIDTH), indented(account, LINK_WIDTH + GUTTER))];
  }
  return [...(link ? [linkFrame(set, link, INNER)] : []), ...accountRows(set, accounts)];
}

function panel(frame: Frame): Frame {
  const padded = indented(frame, PADDING, PADDING - 2, PADDING - 2);
  const ground = { kind: 'rect' as const, x: 0, y: 0, width: CONTENT_WIDTH, height: padded.height, color: PANEL };
  return { ...padded, items: [ground, ...padded.items] };
}

/** The label and the address itself, both to be clicked: a printed page shows where the link leads. */
function linkFrame(set: Typesetter, link: NonNullable<Payment['link']>, width: number): Frame {
  const frame = stack([set.text(link.label, LINKED_BOLD, 0, width), set.text(link.address, LINKED, 0, width)], 1);
  const places = frame.items.map(({ x, y, width: wide, height }): LinkItem => {
    return { kind: 'link', x, y, width: wide, height, url: link.url };
  });
  return { ...frame, items: [...frame.items, ...places] };
}

/** Two accounts side by side. */
function accountRows(set: Typesetter, accounts: Detail[][]): Frame[] {
  const width = accounts.length > 1 ? (INNER - GUTTER) / 2 : INNER;
  const frames = accounts.map((rows) => grid(set, rows, width));
  const rows: Frame[] = [];
  for (let i = 0; i < frames.length; i += 2) {
    const [left, right] = [frames[i], frames[i + 1]];
    if (left) rows.push(right ? overlay(left, indented(right, width + GUTTER)) : left);
  }
  return rows;
}

function grid(set: Typesetter, rows: Detail[], width: number): Frame {
  const labels = Math.min(Math.max(0, ...rows.map(({ label }) => set.width(label, BODY_MUTED))) + 1, width / 2);
  return stack(
    rows.map(({ label, value }) =>
      overlay(set.text(label, BODY_MUTED, 0, labels), set.text(value, BODY, labels + 14, width - labels - 14)),
    ),
    1.5,
  );
}

/** Notes and the like, in the order given. */
export function remarkBlocks(set: Typesetter, { remarks }: InvoiceContent): Block[] {
  return remarks.flatMap(({ heading, paragraphs }: Remarks, s) => [
    ...(heading ? [{ ...set.text(heading, BODY_BOLD, 0, CONTENT_WIDTH), gap: 18, keepWithNext: true }] : []),
    ...paragraphs.map((paragraph, i): Block => ({
      ...set.text(paragraph, SMALL_MUTED, 0, CONTENT_WIDTH),
      gap: i === 0 && !heading ? (s === 0 ? 18 : 12) : 3,
    })),
  ]);
}
