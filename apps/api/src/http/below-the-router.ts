import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import { type Socket } from 'node:net';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { DomainError } from '#kernel/errors';
import { bodyOf } from './api-error.filter.js';
import { newRequestId } from './request-hooks.js';

/** What Node and the router refuse before any hook or filter of ours runs, in our envelope all the same. */

/** An address that cannot be read. */
export function answerBadAddress(_error: Error, request: FastifyRequest, reply: FastifyReply): void {
  // The error quotes the address, and with it whatever its query holds.
  const message =
    'The address of the request cannot be read: its special characters are not written as %XX, or it is too long.';
  reply.status(400).header('X-REQUEST-ID', request.id).header('content-type', 'application/json');
  reply.serializer(JSON.stringify).send(bodyOf(new DomainError('BAD_REQUEST', message)));
}

/** `Expect:` anything but 100-continue. */
export function answerExpectation(_request: IncomingMessage, response: ServerResponse): void {
  const message = 'This server meets no other expectation than 100-continue; leave the Expect header out.';
  const body = JSON.stringify(bodyOf(new DomainError('BAD_REQUEST', message)));
  response.writeHead(417, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    'X-REQUEST-ID': newRequestId(),
  });
  response.end(body);
}

const UNREADABLE: Record<string, { status: number; message: string }> = {
  HPE_HEADER_OVERFLOW: { status: 431, message: 'The address and the headers are longer than 16 KB; send less.' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, message: 'The request did not arrive in time; send it again.' },
};
const NO_HTTP = { status: 400, message: 'What arrived is not a request of HTTP/1.1.' };

/** What is no HTTP, too long, or too slow. Nothing of it is known, so it is answered on the wire and the connection ends. */
export function answerBadRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const { status, message } = UNREADABLE[error.code ?? ''] ?? NO_HTTP;
  const body = JSON.stringify(bodyOf(new DomainError('BAD_REQUEST', message)));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-REQUEST-ID: ${newRequestId()}`,
    'Connection: close',
  ];
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroySoon();
}
