import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inboxMail, type InboxMail } from './inbox-mail.js';

/**
 * Keeps each mail as `<id>.eml`, the message as it came, and `<id>.json`, its envelope and summary. The `.eml` gets its
 * name last, so a mail whose saving was cut short is not there. Survives the process, not a power cut (nothing is synced).
 */
export class MailDirectory {
  constructor(private readonly path: string) {}

  /**
   * All mails that were saved, oldest first, and the names of files that cannot be understood: somebody edited them.
   * Makes the directory when it is not there.
   */
  async load(): Promise<{ mails: InboxMail[]; unreadable: string[] }> {
    await mkdir(this.path, { recursive: true });
    const ids = (await readdir(this.path)).flatMap((name) => /^([1-9]\d{0,14})\.eml$/.exec(name)?.[1] ?? []);
    const mails: InboxMail[] = [];
    const unreadable: string[] = [];
    for (const id of ids.sort((a, b) => Number(a) - Number(b))) {
      const mail = await this.summary(id);
      if (mail) mails.push(mail);
      else unreadable.push(`${id}.json`);
    }
    return { mails, unreadable };
  }

  async save(mail: InboxMail, source: Buffer): Promise<void> {
    const eml = this.file(mail.id, 'eml');
    await writeFile(this.file(mail.id, 'json'), `${JSON.stringify(mail, null, 2)}\n`);
    await writeFile(`${eml}.part`, source);
    await rename(`${eml}.part`, eml);
  }

  /** The message as it came. */
  async source(id: string): Promise<Buffer> {
    return readFile(this.file(id, 'eml'));
  }

  async remove(id: string): Promise<void> {
    await rm(this.file(id, 'eml'), { force: true });
    await rm(this.file(id, 'json'), { force: true });
  }

  private async summary(id: string): Promise<InboxMail | null> {
    const text = await readFile(this.file(id, 'json'), 'utf8').catch(() => '');
    const result = inboxMail.safeParse(parseJson(text));
    return result.success && result.data.id === id ? result.data : null;
  }

  private file(id: string, kind: 'eml' | 'json'): string {
    return join(this.path, `${id}.${kind}`);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: the caller reports the file as unreadable.
    return null;
  }
}
