import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalStack } from '../src/local-stack.js';

export interface Laptop {
  url: string;
  apiKey: string;
  /** Address and subject of what the inbox has, the first to come first. */
  mails(): Promise<[string, string][]>;
  stop(): Promise<void>;
}

interface InboxList {
  mails: { recipients: { address: string }[]; subject: string }[];
}

/** What `npm start` starts, over an empty folder and on a port of its own. */
export async function startLaptop(): Promise<Laptop> {
  const dataDir = await mkdtemp(join(tmpdir(), 'laptop-'));
  const apiKey = `sk_${'k'.repeat(40)}`;
  const stack = await startLocalStack({
    dataDir,
    port: 0,
    apiKey,
    encryptionKey: 'e'.repeat(48),
    settings: { LOG_LEVEL: 'fatal' },
    durable: false,
  });
  return {
    url: stack.url,
    apiKey,
    async mails() {
      const answer = await fetch(`${stack.url}/inbox.json`);
      const { mails } = (await answer.json()) as InboxList;
      return mails
        .map(({ recipients, subject }): [string, string] => [recipients.map(({ address }) => address).join(), subject])
        .reverse();
    },
    async stop() {
      await stack.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
