import { type Color, type Item, type RectItem, type TextItem } from './item.js';

/** Items that belong together, placed from 0,0 down. */
export interface Frame {
  height: number;
  items: Item[];
}

export const EMPTY: Frame = { height: 0, items: [] };

export function shifted(items: Item[], dx: number, dy: number): Item[] {
  return items.map((item) => ({ ...item, x: item.x + dx, y: item.y + dy }));
}

/** One below the other. Empty frames take no room. */
export function stack(frames: Frame[], gap = 0): Frame {
  const items: Item[] = [];
  let height = 0;
  for (const frame of frames) {
    if (frame.height === 0) continue;
    if (height > 0) height += gap;
    items.push(...shifted(frame.items, 0, height));
    height += frame.height;
  }
  return { height, items };
}

/** On top of each other, from the same upper edge. */
export function overlay(...frames: Frame[]): Frame {
  return { height: Math.max(0, ...frames.map(({ height }) => height)), items: frames.flatMap(({ items }) => items) };
}

export function indented(frame: Frame, dx: number, top = 0, bottom = 0): Frame {
  return { height: frame.height + top + bottom, items: shifted(frame.items, dx, top) };
}

export function rule(x: number, y: number, width: number, thickness: number, color: Color): RectItem {
  return { kind: 'rect', x, y, width, height: thickness, color };
}

const HAIR = 0.01;

/**
 * Cuts a frame between two lines of text so that the first part is at most `available` high.
 * @returns null when no line ends there. At least two lines stay on either side where that is possible.
 */
export function split(frame: Frame, available: number): [Frame, Frame] | null {
  const texts = frame.items.filter((item): item is TextItem => item.kind === 'text');
  const near = texts.filter(({ y }) => y < available);
  const straddled = (end: number) => near.some(({ y, height }) => y < end - HAIR && y + height > end + HAIR);
  const ends = [...new Set(near.map(({ y, height }) => y + height))].sort((a, b) => a - b);
  const below = (cut: number) => new Set(texts.filter(({ y }) => y >= cut - HAIR).map(({ y }) => y)).size;
  const possible = ends.filter((end) => end <= available && !straddled(end) && below(end) > 0);
  const cut = possible.findLast((end, i) => i > 0 && below(end) > 1) ?? possible.at(-1);
  return cut === undefined ? null : cutAt(frame, cut);
}

function cutAt(frame: Frame, cut: number): [Frame, Frame] {
  const above: Item[] = [];
  const below: Item[] = [];
  for (const item of frame.items) {
    const bottom = item.y + item.height;
    if (bottom <= cut + HAIR) above.push(item);
    else if (item.y >= cut - HAIR) below.push(item);
    else {
      above.push({ ...item, height: cut - item.y });
      below.push({ ...item, y: cut, height: bottom - cut });
    }
  }
  return [
    { height: cut, items: above },
    { height: frame.height - cut, items: shifted(below, 0, -cut) },
  ];
}
