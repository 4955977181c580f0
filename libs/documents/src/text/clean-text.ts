/* Line ends of every kind become \n; what no font draws and nobody sees (controls, soft hyphens, byte order marks) goes.
 * So do the overrides U+202A–202E: in a name they could only turn what stands beside it around. */
const LINE_ENDS = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
const UNSEEN = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u202a-\u202e\ufeff\ufff9-\ufffb]/g;
const LONE_SURROGATE = /\p{Surrogate}/gu;
const TROUBLE = /[^\u0020-\u007e\u00a0-\u00ac\u00ae-\u02ff\u0370-\u1fff]/;

/** The text as it can be printed: `\n` is the only control character left, and blanks around its lines are gone. */
export function cleanText(text: string): string {
  if (!TROUBLE.test(text)) return text.trim();
  return text
    .replace(LONE_SURROGATE, '\ufffd')
    .replace(LINE_ENDS, '\n')
    .replaceAll('\t', ' ')
    .replace(UNSEEN, '')
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .trim();
}
