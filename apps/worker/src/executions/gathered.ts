/** Most in one transaction. */
const MOST = 50;

interface Waiting<Item, Answer> {
  item: Item;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
}

/**
 * Does the same for many, those that arrive while it is under way together in the next run: a busy worker commits once for
 * several mails, an idle one at once. Each caller learns what became of his own.
 */
export class Gathered<Item, Answer> {
  private readonly waiting: Waiting<Item, Answer>[] = [];
  private running = false;

  /**
   * @param idOf by which the items are ordered: one order for everybody who locks several rows.
   * @param run does it for several in one transaction; its answers are in the items' order.
   */
  constructor(
    private readonly idOf: (item: Item) => string,
    private readonly run: (items: Item[]) => Promise<Answer[]>,
  ) {}

  /** Rejects when the database did not take it. */
  do(item: Item): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      void this.work();
    });
  }

  private async work(): Promise<void> {
    if (this.running) return;
    this.running = true;
    while (this.waiting.length > 0) await this.runFor(this.waiting.splice(0, MOST));
    this.running = false;
  }

  private async runFor(waiting: Waiting<Item, Answer>[]): Promise<void> {
    waiting.sort((a, b) => (this.idOf(a.item) < this.idOf(b.item) ? -1 : 1));
    try {
      const answers = await this.run(waiting.map(({ item }) => item));
      waiting.forEach(({ resolve }, n) => resolve(answers[n] as Answer));
    } catch (error) {
      // One that the database refuses must not take the others along.
      if (waiting.length > 1) for (const one of waiting) await this.runFor([one]);
      else waiting[0]?.reject(error);
    }
  }
}
