import { type Detail } from '../content/details.js';
import { type InvoiceContent } from '../content/invoice-content.js';
import { type Party } from '../content/parties.js';
import { EMPTY, type Frame, indented, overlay, stack } from './frame.js';
import { CONTENT_WIDTH } from './geometry.js';
import { type Block } from './paginate.js';
import {
  BODY,
  BODY_BOLD,
  BODY_MUTED,
  NUMBER,
  PARTY_NAME,
  SECTION_HEAD,
  SMALL_MUTED,
  TITLE,
  type TextStyle,
} from './style.js';
import { type Typesetter } from './typesetter.js';

const COLUMN = 232;
const RIGHT = CONTENT_WIDTH - COLUMN;

/** Who sells what the document is; who buys, and when and under which references. */
export function headBlocks(set: Typesetter, content: InvoiceContent): Block[] {
  const titles = [
    set.text(content.title, TITLE, RIGHT, COLUMN, 'end'),
    ...(content.number ? [set.text(content.number, NUMBER, RIGHT, COLUMN, 'end')] : []),
  ];
  const first = overlay(party(set, content.seller, COLUMN), stack(titles));
  const billTo = stack([set.text(content.billTo, SMALL_MUTED, 0, COLUMN), party(set, content.buyer, COLUMN)], 2);
  const facts = indented(detailGrid(set, content.details, COLUMN), RIGHT);
  return [
    { ...first, gap: 0 },
    { ...overlay(billTo, facts), gap: 22 },
  ];
}

function party(set: Typesetter, { name, address, ids, remarks }: Party, width: number): Frame {
  return stack(
    [
      name ? set.text(name, PARTY_NAME, 0, width) : EMPTY,
      stack(address.map((line) => set.text(line, BODY, 0, width))),
      stack(ids.map((id) => labelled(set, id, width))),
      stack(remarks.map((remark) => set.text(remark, BODY_MUTED, 0, width))),
    ],
    3,
  );
}

/** `Label  value` on one line, or below each other when the two are too long. */
function labelled(set: Typesetter, { label, value }: Detail, width: number): Frame {
  const labelWidth = set.width(label, BODY_MUTED) + 6;
  if (labelWidth + set.wordWidth(value, BODY) > width) {
    return stack([set.text(label, BODY_MUTED, 0, width), set.text(value, BODY, 0, width)]);
  }
  return overlay(set.text(label, BODY_MUTED, 0, width), set.text(value, BODY, labelWidth, width - labelWidth));
}

/** Labels at the start, values at the end of each row. */
function detailGrid(set: Typesetter, details: Detail[], width: number): Frame {
  const labels = Math.min(Math.max(0, ...details.map(({ label }) => set.width(label, BODY_MUTED))), width * 0.55);
  const rows = details.map(({ label, value, strong }, i) => {
    const style: TextStyle = strong === true ? BODY_BOLD : BODY;
    const repeated = details[i - 1]?.label.text === label.text;
    return overlay(
      repeated ? EMPTY : set.text(label, BODY_MUTED, 0, labels + 1),
      set.text(value, style, labels + 10, width - labels - 10, 'end'),
    );
  });
  return stack(rows, 2.5);
}

/** A heading inside the flow. */
export function sectionHead(set: Typesetter, text: InvoiceContent['title']): Frame {
  return set.text(text, SECTION_HEAD, 0, CONTENT_WIDTH);
}
