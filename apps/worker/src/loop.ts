/** Runs one task again and again: at every interval, at once when it is woken, and again while it says there is more. */
export class Loop {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private again = false;
  private stopped = false;
  /** When it was started or last came round, by the monotonic clock. */
  private lastTurn = Number.POSITIVE_INFINITY;

  /**
   * @param task resolves with whether there is more to do right now. What it throws goes to `onError`; the loop goes on.
   */
  constructor(
    private readonly intervalMs: number,
    private readonly task: () => Promise<boolean>,
    private readonly onError: (error: unknown) => void,
  ) {}

  start(): void {
    this.lastTurn = performance.now();
    this.wake();
  }

  /** Runs the task now, or once more after the run under way. */
  wake(): void {
    if (this.stopped) return;
    if (this.running) {
      this.again = true;
      return;
    }
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.running = this.run();
  }

  /** No further run begins; resolves when the one under way has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
    await this.running;
  }

  /** Whether it has been still for longer than its interval and `graceMs`: its task does not come back. */
  isStuck(graceMs: number): boolean {
    return performance.now() - this.lastTurn > this.intervalMs + graceMs;
  }

  private async run(): Promise<void> {
    do {
      this.again = false;
      try {
        if (await this.task()) this.again = true;
      } catch (error) {
        this.onError(error);
      }
      this.lastTurn = performance.now();
    } while (this.again && !this.isStopped());
    this.running = null;
    if (!this.isStopped()) this.timer = setTimeout(() => this.wake(), this.intervalMs);
  }

  private isStopped(): boolean {
    return this.stopped;
  }
}
