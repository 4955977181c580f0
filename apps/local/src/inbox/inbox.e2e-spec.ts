import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { Inbox } from './inbox.js';
import { inboxRoutes } from './inbox-routes.js';

describe('Inbox', () => {
  let directory: string;
  let inbox: Inbox;

  const open = async (maxMails?: number) => {
    inbox = new Inbox({ directory, ...(maxMails && { maxMails }) });
    await inbox.start();
  };
  const send = async (overrides: SendMailOptions = {}) => {
    const transport = createTransport(inbox.url);
    await transport.sendMail({
      from: 'Acme <billing@acme.example>',
      to: 'Jansen <jansen@example.com>',
      subject: 'Invoice INV-7',
      text: 'Dear Jansen',
      ...overrides,
    });
    transport.close();
  };

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'inbox-'));
    await open();
  });
  afterEach(async () => {
    await inbox.stop();
    await rm(directory, { recursive: true });
  });

  it('keeps a mail with its envelope, blind copies included, byte by byte', async () => {
    const raw = 'Subject: Dots\r\nFrom: a@acme.example\r\nTo: b@example.com\r\n\r\n.one\r\n..two\r\nümlaut\r\n';
    await send({ raw, envelope: { from: 'bounce@acme.example', to: ['b@example.com', 'secret@example.com'] } });
    const [mail] = inbox.mails();
    expect(mail?.envelope).toEqual({ from: 'bounce@acme.example', to: ['b@example.com', 'secret@example.com'] });
    expect((await inbox.get('1'))?.source.toString()).toBe(raw);
  });

  it('shows after a restart what it showed before, under the same ids, and counts on', async () => {
    await send({ subject: 'one' });
    await send({ subject: 'two', html: '<p>two</p>', attachments: [{ filename: 'a.txt', content: 'hello' }] });
    const before = [inbox.mails(), await inbox.get('2')];
    await inbox.stop();
    await open();
    expect([inbox.mails(), await inbox.get('2')]).toEqual(before);
    await send({ subject: 'three' });
    expect(inbox.mails().map(({ id, subject }) => [id, subject])).toEqual([
      ['3', 'three'],
      ['2', 'two'],
      ['1', 'one'],
    ]);
  });

  it('does not show a mail whose saving was cut short', async () => {
    await writeFile(join(directory, '1.json'), '{}');
    await writeFile(join(directory, '1.eml.part'), 'Subject: half');
    await inbox.stop();
    await open();
    expect(inbox.mails()).toEqual([]);
    await send();
    expect(inbox.mails()[0]?.id).toBe('1');
  });

  it('starts in spite of a file that somebody broke, names it and does not overwrite it', async () => {
    await send();
    await inbox.stop();
    await writeFile(join(directory, '1.json'), 'not json');
    await open();
    expect(inbox.unreadable).toEqual(['1.json']);
    await send();
    expect(inbox.mails().map(({ id }) => id)).toEqual(['2']);
  });

  it('keeps only the latest mails, on disk too', async () => {
    await inbox.stop();
    await open(2);
    for (const subject of ['one', 'two', 'three']) await send({ subject });
    expect(inbox.mails().map(({ subject }) => subject)).toEqual(['three', 'two']);
    expect((await readdir(directory)).sort()).toEqual(['2.eml', '2.json', '3.eml', '3.json']);
  });

  it('keeps every one of many mails that come at the same time', async () => {
    const subjects = Array.from({ length: 50 }, (_, i) => `mail ${i}`);
    await Promise.all(subjects.map((subject) => send({ subject })));
    expect(new Set(inbox.mails().map(({ subject }) => subject))).toEqual(new Set(subjects));
    expect(new Set(inbox.mails().map(({ id }) => id)).size).toBe(50);
  });

  it('takes any credentials', async () => {
    const transport = createTransport(inbox.url.replace('smtp://', 'smtp://user:secret@'));
    await transport.sendMail({ from: 'a@acme.example', to: 'b@example.com', text: 'x' });
    expect(inbox.mails()).toHaveLength(1);
  });

  it('tells the sender to try later when it cannot keep a mail', async () => {
    await rm(directory, { recursive: true });
    await expect(send()).rejects.toMatchObject({ responseCode: 451 });
    expect(inbox.mails()).toEqual([]);
    await inbox.stop();
    await open();
  });

  it('says which port is taken', async () => {
    const port = Number(new URL(inbox.url).port);
    await expect(new Inbox({ directory, port }).start()).rejects.toThrow(`Port ${port} is taken`);
  });

  describe('waitFor', () => {
    it('finds a mail that is there', async () => {
      await send();
      await expect(inbox.waitFor(({ subject }) => subject === 'Invoice INV-7', 0)).resolves.toMatchObject({ id: '1' });
    });

    it('waits for the one that is meant', async () => {
      const wanted = inbox.waitFor(({ subject }) => subject === 'two', 5_000);
      await send({ subject: 'one' });
      await send({ subject: 'two' });
      await expect(wanted).resolves.toMatchObject({ id: '2' });
    });

    it('says what came instead', async () => {
      await send();
      await expect(inbox.waitFor(() => false, 10)).rejects.toThrow('"Invoice INV-7" to jansen@example.com');
    });
  });
});

interface WireFile {
  filename: string;
  url: string;
}

describe('inboxRoutes', () => {
  let directory: string;
  let inbox: Inbox;
  let app: FastifyInstance;
  let origin: string;

  const pdf = Buffer.from('%PDF-1.7 not really');
  const pixel = Buffer.from('R0lGODlhAQABAAAAACw=', 'base64');
  const fetchText = async (path: string) => (await fetch(origin + path)).text();
  const fetchJson = async (path: string, headers = {}): Promise<unknown> =>
    (await fetch(origin + path, { headers })).json();
  const fetchFiles = async () => ((await fetchJson('/inbox/1.json')) as { attachments: WireFile[] }).attachments;
  const fileAddress = async (filename: string) =>
    origin + String((await fetchFiles()).find((file) => file.filename === filename)?.url);

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'inbox-'));
    inbox = new Inbox({ directory });
    await inbox.start();
    app = Fastify();
    app.register(inboxRoutes(inbox));
    origin = await app.listen({ host: '127.0.0.1', port: 0 });
    const transport = createTransport(inbox.url);
    await transport.sendMail({
      from: 'Acme <billing@acme.example>',
      to: 'jansen@example.com',
      bcc: 'archive@acme.example',
      subject: 'Invoice <b>INV-7</b>',
      text: 'Dear Jansen',
      html: '<!DOCTYPE html><html><body><img src="cid:logo"><script>alert(1)</script></body></html>',
      attachments: [
        { filename: 'logo.gif', content: pixel, cid: 'logo' },
        { filename: 'Rechnung "März".pdf', content: pdf },
        { filename: 'evil.html', content: '<script>alert(1)</script>', contentType: 'text/html' },
      ],
    });
    await transport.sendMail({ from: 'billing@acme.example', to: 'devries@example.com', subject: 'Other', text: 'x' });
    transport.close();
  });
  afterAll(async () => {
    await app.close();
    await inbox.stop();
    await rm(directory, { recursive: true });
  });

  it('lists the mails, newest first, with nothing of them as markup', async () => {
    const page = await fetchText('/inbox');
    expect(page.indexOf('devries@example.com')).toBeLessThan(page.indexOf('jansen@example.com'));
    expect(page).toContain('Invoice &lt;b&gt;INV-7&lt;/b&gt;');
  });

  it('gives scripts the same list, by address or by what they accept', async () => {
    const list = await fetchJson('/inbox.json');
    expect(list).toMatchObject({
      total: 2,
      mails: [
        { id: '2', subject: 'Other' },
        { id: '1', text: 'Dear Jansen' },
      ],
    });
    expect(await fetchJson('/inbox', { accept: 'application/json' })).toEqual(list);
  });

  it('finds mails by words in any case', async () => {
    expect(await fetchJson('/inbox.json?q=JANSEN')).toMatchObject({ total: 1, mails: [{ id: '1' }] });
    expect(await fetchJson('/inbox.json?q=nowhere')).toEqual({ total: 0, mails: [] });
  });

  it('cuts a page out of the list', async () => {
    expect(await fetchJson('/inbox.json?limit=1&page=2')).toMatchObject({ total: 2, mails: [{ id: '1' }] });
  });

  it('gives scripts one mail with its recipients, headers and files', async () => {
    const mail = await fetchJson('/inbox/1.json');
    expect(mail).toMatchObject({
      recipients: [
        { address: 'jansen@example.com', role: 'To' },
        { address: 'archive@acme.example', role: 'Bcc' },
      ],
      headers: expect.arrayContaining([{ name: 'To', value: 'jansen@example.com' }]),
    });
    expect((await fetchFiles()).map(({ filename }) => filename)).toContain('Rechnung "März".pdf');
    expect(await fetchJson('/inbox/1', { accept: 'application/json' })).toEqual(mail);
  });

  it.each(['html', 'text', 'headers', 'envelope', 'attachments', 'source'])('shows the tab %s', async (tab) => {
    const response = await fetch(`${origin}/inbox/1?tab=${tab}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await response.text()).toContain('aria-current="page"');
  });

  it('serves the html of a mail so that it can only be looked at, with its own images in it', async () => {
    const response = await fetch(`${origin}/inbox/1/html`);
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain('sandbox allow-popups');
    expect(policy).not.toMatch(/allow-scripts|allow-same-origin|script-src/);
    const body = await response.text();
    expect(body).toMatch(/^<!DOCTYPE html><base target="_blank">/);
    expect(body).toContain(`src="data:image/gif;base64,${pixel.toString('base64')}"`);
  });

  it('serves a PDF for looking at, and for download when asked', async () => {
    const url = await fileAddress('Rechnung "März".pdf');
    const shown = await fetch(url);
    expect(shown.headers.get('content-type')).toBe('application/pdf');
    expect(shown.headers.get('content-disposition')).toBe(
      `inline; filename="Rechnung _M_rz_.pdf"; filename*=UTF-8''Rechnung%20%22M%C3%A4rz%22.pdf`,
    );
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(pdf);
    expect((await fetch(`${url}?download`)).headers.get('content-disposition')).toMatch(/^attachment;/);
  });

  it('never serves an attached page as a page', async () => {
    const { headers } = await fetch(await fileAddress('evil.html'));
    expect(headers.get('content-type')).toBe('application/octet-stream');
    expect(headers.get('content-disposition')).toMatch(/^attachment;/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('gives the source for download', async () => {
    const response = await fetch(`${origin}/inbox/1/source`);
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="mail-1.eml"');
    expect(await response.text()).toBe((await inbox.get('1'))?.source.toString());
  });

  it.each([
    '/inbox/99',
    '/inbox/99.json',
    '/inbox/99/html',
    '/inbox/2/html',
    '/inbox/99/source',
    '/inbox/1/attachments/9',
    '/inbox/1/attachments/x',
    '/inbox/..%2F..%2Fetc%2Fpasswd',
    '/inbox/__proto__',
  ])('answers 404 to %s', async (path) => {
    expect((await fetch(origin + path)).status).toBe(404);
  });
});
