import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

interface Call {
  id: number;
  question: unknown;
}

type Answer = { id: number; answer: unknown } | { id: number; failure: string };

interface Asked {
  resolve: (answer: unknown) => void;
  reject: (error: Error) => void;
}

/** A process of ours that answers questions, so that what it does costs this process nothing. */
export class AskableChild {
  private readonly process: ChildProcess;
  private readonly asked = new Map<number, Asked>();
  private nextId = 1;

  /** @param module the child's entry, which calls `answerQuestions`. */
  constructor(module: URL) {
    // Bytes and Maps cross as they are.
    this.process = fork(module, { serialization: 'advanced' });
    this.process.on('message', (answer: Answer) => this.hear(answer));
    this.process.once('exit', (code) => this.giveUp(new Error(`A helping process of the bench ended (code ${code}).`)));
    this.process.once('error', (error) => this.giveUp(error));
  }

  /** @throws Error with the child's own message, or when it is gone. */
  ask(question: unknown): Promise<unknown> {
    const call: Call = { id: this.nextId++, question };
    return new Promise((resolve, reject) => {
      this.asked.set(call.id, { resolve, reject });
      this.process.send(call, (error) => {
        if (error) this.hear({ id: call.id, failure: error.message });
      });
    });
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await ended;
  }

  private hear(answer: Answer): void {
    const asked = this.asked.get(answer.id);
    this.asked.delete(answer.id);
    if ('failure' in answer) asked?.reject(new Error(answer.failure));
    else asked?.resolve(answer.answer);
  }

  private giveUp(error: Error): void {
    for (const { reject } of this.asked.values()) reject(error);
    this.asked.clear();
  }
}

/** The other side: answers the parent's questions, several at a time, until the parent is gone. */
export function answerQuestions(answer: (question: never) => Promise<unknown>): void {
  process.once('disconnect', () => process.exit(0));
  process.on('message', ({ id, question }: Call) => {
    answer(question as never).then(
      (found) => process.send?.({ id, answer: found } satisfies Answer),
      (error: unknown) => process.send?.({ id, failure: failureText(error) } satisfies Answer),
    );
  });
}

function failureText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
