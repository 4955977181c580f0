import { BODY_LIMIT } from '../http/json-body.js';
import { EXAMPLE_IDS, type Json } from './chapter.js';

interface ErrorText {
  description: string;
  /** Name of its example among the components. */
  example: string;
  error: Json;
}

const refused = (code: string, message: string, more: Json = {}) => ({
  type: 'INVALID_REQUEST',
  code,
  message,
  ...more,
});
const failed = (message: string) => ({ type: 'API_ERROR', code: 'INTERNAL_ERROR', message });

/** Every status with which an operation may refuse or fail. */
const ERRORS: Record<number, ErrorText> = {
  400: {
    description: 'The request is wrong; `field` says where.',
    example: 'WrongField',
    error: refused('INVALID_FIELD', 'Name a zone of the IANA database such as Europe/Amsterdam.', {
      field: 'timezone',
    }),
  },
  401: {
    description: 'The API key or the access token is missing, unknown or no longer good.',
    example: 'Unauthorised',
    error: refused('UNAUTHORISED', 'Send an API key in X-API-KEY, or an access token as Authorization: Bearer.'),
  },
  403: {
    description: 'The caller lacks the permission, or may not act on that platform.',
    example: 'NotAllowed',
    error: refused('USER_NOT_ALLOWED', 'This key lacks the permission CUSTOMER.UPDATE.'),
  },
  404: {
    description: 'There is no such resource on this platform.',
    example: 'NotFound',
    error: refused('RESOURCE_NOT_FOUND', 'There is no such customer.', {
      resource_id: EXAMPLE_IDS.customer,
      resource_type: 'CUSTOMER',
    }),
  },
  409: {
    description: 'Something else has this reference already, or the Idempotency-Key was used for something else.',
    example: 'Conflict',
    error: refused('RESOURCE_ALREADY_EXISTS', 'Another customer has the reference harbour-coffee.', {
      field: 'reference',
    }),
  },
  413: {
    description: `The body is larger than ${BODY_LIMIT / 1024 / 1024} MB.`,
    example: 'TooLarge',
    error: refused('BAD_REQUEST', `The body is larger than ${BODY_LIMIT / 1024 / 1024} MB; send less at once.`),
  },
  415: {
    description: 'The body is not `application/json`.',
    example: 'NotJson',
    error: refused('UNSUPPORTED_MEDIA_TYPE', 'Send the body as application/json.'),
  },
  422: {
    description: 'The same request with the same Idempotency-Key is still being worked on; send it again in a moment.',
    example: 'InFlight',
    error: refused('IDEMPOTENCY_CHECK_FAILED', 'The request with this Idempotency-Key is still being worked on.'),
  },
  429: {
    description: 'Too many requests; `Retry-After` says how many seconds to wait.',
    example: 'TooMany',
    error: refused('UNABLE_TO_PROCESS_INSTRUCTIONS', 'Too many requests; wait 20 seconds.'),
  },
  500: {
    description: 'The request failed on our side; `Idempotency-Retryable` says whether the same may be sent again.',
    example: 'Failed',
    error: failed(`The request failed on our side; support finds it by its id ${EXAMPLE_IDS.request}.`),
  },
  503: {
    description: 'The request cannot be served just now; send the same again.',
    example: 'Unavailable',
    error: failed(
      `The request could not be served just now; send it again. Support finds it by its id ${EXAMPLE_IDS.request}.`,
    ),
  },
};

/** What decides with what an operation may refuse. */
interface OperationFacts {
  method: string;
  path: string;
  hasBody: boolean;
  /** Nobody has to say who they are. */
  open: boolean;
  also: readonly number[];
}

/** The answers of an operation beside its success, by status: the envelope and one example each. */
export function errorResponses(facts: OperationFacts, schema: Json): Record<string, Json & { description: string }> {
  const statuses = errorStatuses(facts);
  return Object.fromEntries(
    Object.entries(ERRORS)
      .filter(([status]) => statuses.has(Number(status)))
      .map(([status, text]) => [status, response(status, text, schema)]),
  );
}

function errorStatuses({ method, path, hasBody, open, also }: OperationFacts): Set<number> {
  const repeatable = method !== 'get' && !open;
  const finds = path.includes('{') || method === 'put' || path.endsWith('/api-keys/search');
  return new Set([
    ...[400, 401, 429, 500, 503, ...also],
    ...(open ? [] : [403]),
    ...(finds ? [404] : []),
    ...(repeatable ? [409, 422] : []),
    ...(hasBody ? [413, 415] : []),
  ]);
}

const RETRY_AFTER = { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } };

function response(status: string, { description, example }: ErrorText, schema: Json) {
  const examples = { [example]: { $ref: `#/components/examples/${example}` } };
  return {
    description,
    ...(status === '429' ? { headers: RETRY_AFTER } : {}),
    content: { 'application/json': { schema, examples } },
  };
}

/** The examples that the answers refer to. */
export function errorExamples(): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(ERRORS).map(([status, { example, error }]) => [example, { summary: status, value: error }]),
  );
}
