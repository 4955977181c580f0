import { type FastifyPluginCallback, type FastifyReply, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Inbox } from './inbox.js';
import { mailToJson, openedMailToJson } from './inbox-json.js';
import { repeatedMessageIds, searchMails } from './mail-search.js';
import { isShowable } from './pages/attachments-pane.js';
import { INBOX_CSP } from './pages/inbox-frame.js';
import { listPage } from './pages/list-page.js';
import { mailPage, noMailPage } from './pages/mail-page.js';
import { tabFor } from './pages/mail-tabs.js';

/** What a mail's own html may do: show itself. No script, no form, nothing from elsewhere; links open in a new tab. */
const MAIL_CSP = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  'font-src data:',
  "frame-ancestors 'self'",
  'sandbox allow-popups allow-popups-to-escape-sandbox',
].join('; ');

const MAILS_PER_PAGE = 100;

const listQuery = z.object({
  q: z.string().trim().catch(''),
  page: z.coerce.number().int().min(1).catch(1),
  limit: z.coerce.number().int().min(1).optional().catch(undefined),
});
const mailQuery = z.object({ tab: z.string().optional().catch(undefined) });

type MailRequest = FastifyRequest<{ Params: { id: string; n: string } }>;

/**
 * The inbox as a Fastify plugin, under `/inbox`. Reads only. Each page has a JSON twin for scripts, at the same address
 * with `.json` or by an `Accept` header that asks for JSON and not for HTML:
 *
 * - `/inbox.json` → `{ total, mails }`, newest first; `?q=` searches, `?limit=` and `?page=` cut a page out of them
 * - `/inbox/:id.json` → one mail with headers and html; `/inbox/:id/source` and `/inbox/:id/attachments/:n` → bytes
 */
export function inboxRoutes(inbox: Inbox): FastifyPluginCallback {
  return (app, _options, done) => {
    const list = (request: FastifyRequest, reply: FastifyReply) => sendList(inbox, request, reply);
    const mail = (request: MailRequest, reply: FastifyReply) => sendMail(inbox, request, reply);
    app.get('/inbox', (request, reply) => (wantsJson(request) ? sendListJson(inbox, request) : list(request, reply)));
    app.get('/inbox/', (_request, reply) => reply.redirect('/inbox'));
    app.get('/inbox.json', (request) => sendListJson(inbox, request));
    app.get('/inbox/:id', (request: MailRequest, reply) =>
      wantsJson(request) ? sendMailJson(inbox, request, reply) : mail(request, reply),
    );
    app.get('/inbox/:id.json', (request: MailRequest, reply) => sendMailJson(inbox, request, reply));
    app.get('/inbox/:id/html', (request: MailRequest, reply) => sendMailHtml(inbox, request, reply));
    app.get('/inbox/:id/source', (request: MailRequest, reply) => sendSource(inbox, request, reply));
    app.get('/inbox/:id/attachments/:n', (request: MailRequest, reply) => sendAttachment(inbox, request, reply));
    done();
  };
}

function wantsJson({ headers: { accept = '' } }: FastifyRequest): boolean {
  return accept.includes('application/json') && !accept.includes('text/html');
}

function sendPage(reply: FastifyReply, page: string, status = 200): FastifyReply {
  return reply
    .status(status)
    .headers({ ...PLAIN_HEADERS, 'content-security-policy': INBOX_CSP })
    .type(HTML)
    .send(page);
}

const HTML = 'text/html; charset=utf-8';
const PLAIN_HEADERS = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

function sendList(inbox: Inbox, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { q, page: asked } = listQuery.parse(request.query);
  const all = inbox.mails();
  const found = searchMails(all, q);
  const pages = Math.max(1, Math.ceil(found.length / MAILS_PER_PAGE));
  const page = Math.min(asked, pages);
  const view = {
    mails: found.slice((page - 1) * MAILS_PER_PAGE, page * MAILS_PER_PAGE),
    total: found.length,
    page,
    pages,
    query: q,
    newestId: all[0]?.id ?? '',
    repeated: repeatedMessageIds(all),
    smtpUrl: inbox.url,
    unreadable: inbox.unreadable,
    now: new Date(),
  };
  return sendPage(reply, listPage(view));
}

function sendListJson(inbox: Inbox, request: FastifyRequest): object {
  const { q, page, limit } = listQuery.parse(request.query);
  const found = searchMails(inbox.mails(), q);
  const mails = limit ? found.slice((page - 1) * limit, page * limit) : found;
  return { total: found.length, mails: mails.map(mailToJson) };
}

async function sendMail(inbox: Inbox, request: MailRequest, reply: FastifyReply): Promise<FastifyReply> {
  const mail = await inbox.get(request.params.id);
  if (!mail) return sendPage(reply, noMailPage(), 404);
  const { tab } = mailQuery.parse(request.query);
  const all = inbox.mails();
  const position = all.findIndex(({ id }) => id === mail.id);
  const view = {
    mail,
    tab: tabFor(tab, mail),
    newer: all[position - 1]?.id ?? null,
    older: all[position + 1]?.id ?? null,
    twins: all
      .filter(({ id, messageId }) => messageId && messageId === mail.messageId && id !== mail.id)
      .map(({ id }) => id),
  };
  return sendPage(reply, mailPage(view));
}

async function sendMailJson(inbox: Inbox, request: MailRequest, reply: FastifyReply): Promise<object> {
  const mail = await inbox.get(request.params.id);
  return mail ? openedMailToJson(mail) : noSuch(reply, `There is no mail ${request.params.id} in the inbox.`);
}

async function sendMailHtml(inbox: Inbox, request: MailRequest, reply: FastifyReply): Promise<object> {
  const mail = await inbox.get(request.params.id);
  if (!mail?.html) return noSuch(reply, `There is no html of a mail ${request.params.id} in the inbox.`);
  return reply
    .headers({ ...PLAIN_HEADERS, 'content-security-policy': MAIL_CSP })
    .type(HTML)
    .send(withLinksInNewTabs(mail.html));
}

async function sendSource(inbox: Inbox, request: MailRequest, reply: FastifyReply): Promise<object> {
  const mail = await inbox.get(request.params.id);
  if (!mail) return noSuch(reply, `There is no mail ${request.params.id} in the inbox.`);
  return reply
    .headers({ ...PLAIN_HEADERS, 'content-disposition': `attachment; filename="mail-${mail.id}.eml"` })
    .type('message/rfc822')
    .send(mail.source);
}

async function sendAttachment(inbox: Inbox, request: MailRequest, reply: FastifyReply): Promise<object> {
  const { id, n } = request.params;
  const mail = await inbox.get(id);
  const file = mail?.attachments[Number(n)];
  const content = mail?.contents[Number(n)];
  if (!file || !content) return noSuch(reply, `There is no attachment ${n} of a mail ${id} in the inbox.`);
  const shown = isShowable(file.contentType);
  const download = !shown || Object.hasOwn(request.query as object, 'download');
  return reply
    .headers({
      ...PLAIN_HEADERS,
      'content-disposition': disposition(download ? 'attachment' : 'inline', file.filename),
    })
    .type(shown ? file.contentType : 'application/octet-stream')
    .send(content);
}

function noSuch(reply: FastifyReply, message: string): FastifyReply {
  return reply.status(404).send({ code: 'RESOURCE_NOT_FOUND', message });
}

/** The name in ASCII for old readers, and as it is (RFC 5987). */
function disposition(kind: 'attachment' | 'inline', filename: string): string {
  const encoded = encodeURIComponent(Buffer.from(filename).toString()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
  return `${kind}; filename="${filename.replace(/[^\w .-]/g, '_')}"; filename*=UTF-8''${encoded}`;
}

/** After the doctype, since anything before it would make a browser lay the mail out by the rules of the nineties. */
function withLinksInNewTabs(mail: string): string {
  const doctype = /^\s*<!doctype[^>]*>/i.exec(mail)?.[0] ?? '';
  return `${doctype}<base target="_blank">${mail.slice(doctype.length)}`;
}
