declare module 'linebreak' {
  /** UAX 14. `nextBreak` gives one opportunity after the other; `position` in UTF-16 units. */
  export default class LineBreaker {
    constructor(text: string);
    nextBreak(): { position: number; required: boolean } | null;
  }
}
