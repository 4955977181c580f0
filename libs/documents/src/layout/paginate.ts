import { PermanentFailure } from '#kernel/failures';
import { type Frame, indented, shifted, split } from './frame.js';
import { BODY_BOTTOM, BODY_TOP, MARGIN, RUNNING_HEAD_HEIGHT } from './geometry.js';
import { type Page } from './item.js';

/** A piece of the document's flow. */
export interface Block extends Frame {
  /** Room above it, unless it begins a page. */
  gap: number;
  /** A heading: stands on the page of what follows it. */
  keepWithNext?: boolean;
  /** Repeated at the top of each page that begins with this block. */
  head?: Frame | null;
}

/* Nobody reads more, and printing it would hold up everyone else's. */
const MOST_PAGES = 500;
/* A block higher than this part of the page is cut where the page ends instead of leaving the rest of it blank. */
const CUT_ABOVE = 0.3;
/* Between a repeated head and the rest of a row that was cut. */
const BELOW_HEAD = 4;

/**
 * Lays the blocks one below the other onto as many pages as they need.
 * @throws {PermanentFailure} DOCUMENT_TOO_LARGE
 */
export function paginate(blocks: Block[]): Page[] {
  const height = blocks.reduce((sum, block) => sum + block.height, 0);
  if (height > MOST_PAGES * (BODY_BOTTOM - BODY_TOP)) throw tooLarge();
  const flow = new Flow();
  blocks.forEach((block, i) => {
    flow.place(block, needAfter(blocks, i));
  });
  return flow.pages;
}

/** How much room must be left below a heading: that of the following headings and of the first thing under them. */
function needAfter(blocks: Block[], position: number): number {
  let need = 0;
  for (let i = position; blocks[i]?.keepWithNext; i++) {
    const next = blocks[i + 1];
    if (next) need += next.gap + (next.keepWithNext ? next.height : leastHeight(next));
  }
  return need;
}

/** The least of a block that can stand alone at the foot of a page: the whole of a low one. */
function leastHeight(block: Block): number {
  if (block.height <= CUT_ABOVE * (BODY_BOTTOM - BODY_TOP)) return block.height;
  return Math.min(block.height, 60);
}

class Flow {
  readonly pages: Page[] = [{ items: [] }];
  private y = BODY_TOP;
  private top = BODY_TOP;

  place(block: Block, needBelow: number): void {
    if (block.height === 0) return;
    const fresh = this.y === this.top;
    const y = fresh ? this.y : this.y + block.gap;
    const room = BODY_BOTTOM - y;
    if (block.height + needBelow <= room) {
      this.put(block, y);
      return;
    }
    const parts = this.mayCut(block, needBelow, fresh) ? split(block, room) : null;
    if (parts) {
      this.put(parts[0], y);
      this.breakPage(block.head);
      this.place({ ...block, ...indented(parts[1], 0, block.head ? BELOW_HEAD : 0) }, needBelow);
    } else if (fresh) {
      // Nothing is gained by another page: a heading whose company does not fit, or a line higher than the page.
      this.put(block, y);
    } else {
      this.breakPage(block.head);
      this.place(block, needBelow);
    }
  }

  private mayCut(block: Block, needBelow: number, fresh: boolean): boolean {
    return needBelow === 0 && (fresh || block.height > CUT_ABOVE * (BODY_BOTTOM - BODY_TOP));
  }

  private put(frame: Frame, y: number): void {
    this.pages.at(-1)?.items.push(...shifted(frame.items, MARGIN, y));
    this.y = y + frame.height;
  }

  private breakPage(head: Frame | null | undefined): void {
    if (this.pages.length >= MOST_PAGES) throw tooLarge();
    this.pages.push({ items: [] });
    this.y = this.top = BODY_TOP + RUNNING_HEAD_HEIGHT;
    if (head) {
      this.put(head, this.y);
      this.top = this.y;
    }
  }
}

function tooLarge(): PermanentFailure {
  return new PermanentFailure(
    'DOCUMENT_TOO_LARGE',
    `The document would have more than ${MOST_PAGES} pages; shorten its lines or notes.`,
  );
}
