import LineBreaker from 'linebreak';

/* Scripts that write no blanks between words; UAX 14 alone gives no break in them. */
const UNSPACED = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Positions, in UTF-16 units, at which a line may end; ascending, the last is the text's length. */
export function lineBreaks(text: string, language: string): number[] {
  const positions = new Set<number>();
  const breaker = new LineBreaker(text);
  for (let next = breaker.nextBreak(); next; next = breaker.nextBreak()) positions.add(next.position);
  if (UNSPACED.test(text)) {
    for (const { index, segment } of new Intl.Segmenter(language, { granularity: 'word' }).segment(text)) {
      if (index > 0 && UNSPACED.test(segment)) positions.add(index);
    }
  }
  positions.add(text.length);
  return [...positions].sort((a, b) => a - b);
}

/** Starts of the grapheme clusters, the places where a word that is longer than a line may be cut. */
export function graphemes(text: string): { index: number; segment: string }[] {
  if (ASCII.test(text)) return Array.from(text, (segment, index) => ({ index, segment }));
  return Array.from(segmenter.segment(text), ({ index, segment }) => ({ index, segment }));
}

/* Nothing in it joins, so that each character stands alone; the segmenter takes ten times as long. */
const ASCII = /^[ -~]*$/;
const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
