import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';

const PATIENCE_MS = 30_000;

/** A program of the product in a process of its own, as `npm run start:…` starts it; what it says goes to a file. */
export class Program {
  private constructor(
    private readonly process: ChildProcess,
    readonly pid: number,
  ) {}

  /**
   * @param entry the built module that is started.
   * @param settings its whole environment, but for PATH and NODE_OPTIONS.
   */
  static async start(entry: URL, settings: Record<string, string>, logFile: string): Promise<Program> {
    const log = await open(logFile, 'a');
    const { PATH, NODE_OPTIONS } = process.env;
    const child = spawn(process.execPath, [entry.pathname], {
      env: { PATH, ...(NODE_OPTIONS ? { NODE_OPTIONS } : {}), ...settings },
      stdio: ['ignore', log.fd, log.fd],
    });
    await once(child, 'spawn');
    await log.close();
    if (child.pid === undefined) throw new Error(`${entry.pathname} did not start.`);
    return new Program(child, child.pid);
  }

  get running(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  /** Takes the processor away from it until `resume`. */
  pause(): void {
    this.process.kill('SIGSTOP');
  }

  resume(): void {
    this.process.kill('SIGCONT');
  }

  /** Asks it to end, and ends it when it does not within 30 s. */
  async stop(): Promise<void> {
    if (!this.running) return;
    const ended = once(this.process, 'exit');
    this.process.kill('SIGTERM');
    const kill = setTimeout(() => this.process.kill('SIGKILL'), PATIENCE_MS);
    await ended;
    clearTimeout(kill);
  }
}
