import { AskableChild } from '../child-calls.js';

/** What others do, in the order of what it costs. */
export const BASELINES = {
  PREPARED: 'nodemailer alone, parts and PDF prepared (the limit)',
  SHARED_FONT: 'pdfkit, parsed font shared + nodemailer',
  FONT_PER_DOCUMENT: 'pdfkit, font registered per document + nodemailer',
} as const;
export type BaselineName = keyof typeof BASELINES;

/** A mail of the product, whose parts the baselines send as they are. */
export interface SampleMail {
  subject: string;
  html: string;
  text: string;
  pdf: Uint8Array;
}

export interface BaselineOrder {
  name: BaselineName;
  smtpUrl: string;
  prefix: string;
  mails: number;
  warmUp: number;
  /** Of each invoice. */
  lines: number;
  sample: SampleMail;
}

export interface BaselineResult {
  mails: number;
  wallMs: number;
  /** Of all mails, the whole process. */
  cpuMs: number;
  /** Of one PDF, on average. */
  pdfBytes: number;
}

/** Runs one baseline in a process of its own. */
export async function runBaseline(order: BaselineOrder): Promise<BaselineResult> {
  const child = new AskableChild(new URL('./baseline-process.js', import.meta.url));
  try {
    return (await child.ask(order)) as BaselineResult;
  } finally {
    await child.stop();
  }
}
