import { type StageCpu } from './stages.js';

type Work<Item, Result> = (item: Item, index: number) => Promise<Result>;

/** Runs one stage for all items, one after the other, and notes what CPU this process spent on it. */
export class StageClock {
  readonly stages: StageCpu[] = [];

  /** @param warmUp the first items of each stage are done and not counted. */
  constructor(private readonly warmUp: number) {}

  async time<Item, Result>(stage: string, items: readonly Item[], work: Work<Item, Result>): Promise<Result[]> {
    let before = process.cpuUsage();
    return this.read(stage, items, work, () => {
      const { user, system } = process.cpuUsage(before);
      before = process.cpuUsage();
      return (user + system) / 1000;
    });
  }

  /** As `time`, by a clock of the caller's: `spentMs` says what was spent since it was last asked. */
  async read<Item, Result>(
    stage: string,
    items: readonly Item[],
    work: Work<Item, Result>,
    spentMs: () => number,
  ): Promise<Result[]> {
    const warm = await this.untimed(items.slice(0, this.warmUp), work);
    const counted = items.slice(this.warmUp);
    spentMs();
    const results = await this.untimed(counted, (item, i) => work(item, i + this.warmUp));
    this.stages.push({ stage, cpuMsPerMail: spentMs() / counted.length });
    return [...warm, ...results];
  }

  async untimed<Item, Result>(items: readonly Item[], work: Work<Item, Result>): Promise<Result[]> {
    const results: Result[] = [];
    for (const [index, item] of items.entries()) results.push(await work(item, index));
    return results;
  }
}
