import * as base64 from 'nodemailer/lib/base64';
import type MimeNode from 'nodemailer/lib/mime-node';
import * as quotedPrintable from 'nodemailer/lib/qp';

/**
 * What `node.build()` gives for a tree whose contents are texts and buffers and whose `newline` is `win`, without a stream
 * per part and per pass: these cost more than all of the encoding. The spec compares the two.
 */
export function mimeBytes(node: MimeNode): Buffer {
  const message = serialized(node);
  return Buffer.from(message + lastBreak(message));
}

function lastBreak(message: string): string {
  if (message.endsWith('\n')) return '';
  return message.endsWith('\r') ? '\n' : '\r\n';
}

function serialized(node: MimeNode): string {
  // The headers come first: writing them decides encoding and boundary.
  const head = `${node.buildHeaders()}\r\n\r\n`;
  if (!node.multipart) return head + body(node);
  const delimiter = `--${String(node.boundary)}`;
  const parts = node.childNodes.map((child) => `${delimiter}\r\n${serialized(child)}\r\n`);
  return `${head}${parts.join('')}${delimiter}--\r\n`;
}

function body(node: MimeNode): string {
  const { content = '' } = node;
  if (typeof content !== 'string' && !Buffer.isBuffer(content)) {
    throw new TypeError('A part of a mail must be a text or a buffer.');
  }
  const encoding = node.getTransferEncoding();
  if (encoding === 'base64') return base64.wrap(base64.encode(content));
  if (encoding === 'quoted-printable') return withCrlf(quotedPrintable.wrap(quotedPrintable.encode(content)));
  return withCrlf(content.toString());
}

function withCrlf(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n');
}
