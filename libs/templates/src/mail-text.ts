const COLUMNS = 78;
const GAP = 2;

/** A subject as it may stand in a header: one line, single spaces. */
export function subjectLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/**
 * The text part as a person would write it: at most 78 columns where words allow it (a link stays whole), one empty line
 * between paragraphs, and neighbouring lines of the form `label<tab>value` aligned to columns.
 */
export function layOutText(text: string): string {
  const lines = text.split(/\r?\n/).map((line) => line.replace(/ {2,}/g, ' ').trim());
  const laidOut: string[] = [];
  for (let start = 0; start < lines.length;) {
    const end = endOfTable(lines, start);
    if (end > start) laidOut.push(...alignTable(lines.slice(start, end)));
    else laidOut.push(...wrap(lines[start] ?? ''));
    start = Math.max(end, start + 1);
  }
  return `${laidOut
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}

function endOfTable(lines: readonly string[], start: number): number {
  let end = start;
  while (lines[end]?.includes('\t')) end += 1;
  return end;
}

function alignTable(rows: readonly string[]): string[] {
  const cells = rows.map((row) => {
    const [label = '', ...value] = row.split('\t');
    return { label, value: value.join(' ') };
  });
  const width = Math.max(...cells.map(({ label }) => length(label))) + GAP;
  return cells.flatMap(({ label, value }) =>
    wrap(value, COLUMNS - width).map((line, index) => padded(index === 0 ? label : '', width) + line),
  );
}

/** Breaks at spaces only: amounts hold together by their no-break spaces, links have none. */
function wrap(line: string, columns = COLUMNS): string[] {
  if (line.length <= columns) return [line];
  const wrapped: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    const longer = current === '' ? word : `${current} ${word}`;
    if (current !== '' && length(longer) > columns) {
      wrapped.push(current);
      current = word;
    } else {
      current = longer;
    }
  }
  return [...wrapped, current];
}

function padded(label: string, width: number): string {
  return label + ' '.repeat(width - length(label));
}

/** In characters as a reader counts them, not UTF-16 units. */
function length(text: string): number {
  return Array.from(text).length;
}
