import { AskableChild } from '../child-calls.js';

export interface Arrival {
  /** How often a mail was accepted for the address. */
  times: number;
  /** Of the last one. */
  bytes: number;
  withPdf: boolean;
  /** `now()` of its acceptance. */
  at: number;
}

export type SinkQuestion =
  | { kind: 'URL' }
  /** Answered when so many addresses that begin with `prefix` have got mail: when the last of them did. */
  | { kind: 'ARRIVED'; prefix: string; count: number }
  | { kind: 'ARRIVALS'; prefix: string };

/** A mail server in a process of its own that takes everything, keeps nothing and counts. */
export class Sink {
  private readonly child = new AskableChild(new URL('./sink-process.js', import.meta.url));

  /** smtp://127.0.0.1:port */
  async url(): Promise<string> {
    return (await this.ask({ kind: 'URL' })) as string;
  }

  /** `now()` at which the last of `count` addresses got its first mail. @throws after `patienceMs`. */
  async arrived(prefix: string, count: number, patienceMs: number): Promise<number> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`${count} mails took more than ${patienceMs / 1000} s.`)), patienceMs);
    });
    try {
      return (await Promise.race([this.ask({ kind: 'ARRIVED', prefix, count }), late])) as number;
    } finally {
      clearTimeout(timer);
    }
  }

  /** By address. */
  async arrivals(prefix: string): Promise<Map<string, Arrival>> {
    return (await this.ask({ kind: 'ARRIVALS', prefix })) as Map<string, Arrival>;
  }

  stop(): Promise<void> {
    return this.child.stop();
  }

  private ask(question: SinkQuestion): Promise<unknown> {
    return this.child.ask(question);
  }
}
