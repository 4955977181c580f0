import { AskableChild } from '../child-calls.js';

export interface StageOrder {
  databaseUrl: string;
  smtpUrl: string;
  publicUrl: string;
  encryptionKey: string;
  /** Of the pending executions, how many are done first and not counted. */
  warmUp: number;
}

export interface StageCpu {
  stage: string;
  cpuMsPerMail: number;
}

/** What each stage of the worker costs by itself, in a process of its own. The executions must be PENDING, no worker running. */
export async function runStages(order: StageOrder): Promise<StageCpu[]> {
  const child = new AskableChild(new URL('./stages-process.js', import.meta.url));
  try {
    return (await child.ask(order)) as StageCpu[];
  } finally {
    await child.stop();
  }
}
