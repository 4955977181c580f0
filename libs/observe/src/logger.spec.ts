import { type Logger, createLogger } from './logger.js';
import { NestLogger } from './nest-logger.js';

describe('the log', () => {
  let lines: string[];
  let logger: Logger;

  beforeEach(() => {
    lines = [];
    logger = createLogger({ level: 'info', name: 'worker', destination: { write: (line) => lines.push(line) } });
  });

  const last = () => JSON.parse(lines.at(-1) ?? 'null') as Record<string, unknown>;

  it('is one line of JSON per event, with the time in UTC and the level as a word', () => {
    logger.info({ execution_id: 'wkfe_1' }, 'settled');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^[^\n]*\n$/);
    expect(last()).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      name: 'worker',
      execution_id: 'wkfe_1',
      msg: 'settled',
    });
  });

  it('keeps still below its level', () => {
    logger.debug('detail');
    expect(lines).toEqual([]);
  });

  it.each([
    ['a password at the top', { password: 'hunter2' }],
    ['a header', { req: { headers: { 'x-api-key': 'hunter2' } } }],
    ['a header four deep', { a: { req: { headers: { authorization: 'hunter2' } } } }],
    ['a header as clients spell it', { headers: { 'X-API-KEY': 'hunter2' } }],
    ['an address in a list', { contacts: [{ email: 'hunter2' }] }],
    ['an address', { customer: { email: 'hunter2' } }],
    ['a list of addresses', { mail: { cc: ['hunter2', 'hunter2'] } }],
    ['the credentials of an integration', { integration: { credentials: { user: 'hunter2' } } }],
    ['the database', { config: { DATABASE_URL: 'postgres://a:hunter2@db/x' } }],
  ])('does not tell %s', (_what, fields) => {
    logger.info(fields, 'message');
    expect(lines[0]).not.toContain('hunter2');
    expect(lines[0]).toContain('[redacted]');
  });

  it('leaves the object that was logged as it was', () => {
    const fields = { customer: { email: 'ada@example.com' } };
    logger.info(fields);
    expect(fields.customer.email).toBe('ada@example.com');
  });

  it('cuts what refers to itself', () => {
    const loop: Record<string, unknown> = { id: 1 };
    loop.self = loop;
    logger.info({ loop });
    expect(lines[0]).toContain('[…]');
  });

  it('tells an error with its cause', () => {
    logger.error({ err: new Error('outer', { cause: new Error('inner') }) }, 'failed');
    expect(last()).toMatchObject({ err: { type: 'Error', message: expect.stringContaining('inner') } });
  });

  it('does not tell the addresses that an error carries', () => {
    logger.error({ err: Object.assign(new Error('refused'), { rejected: ['ada@example.com'], responseCode: 550 }) });
    expect(last()).toMatchObject({
      err: { type: 'Error', message: 'refused', responseCode: 550, rejected: '[redacted]' },
    });
  });

  describe('from Nest', () => {
    let nest: NestLogger;
    beforeEach(() => {
      nest = new NestLogger(logger);
    });

    it('has the class that spoke as its context', () => {
      nest.log('Nest application successfully started', 'NestApplication');
      expect(last()).toMatchObject({ level: 'info', context: 'NestApplication', msg: expect.stringMatching(/^Nest/) });
    });

    it('keeps the stack of an error that comes as texts', () => {
      nest.error('broken', 'Error: broken\n    at here', 'Handler');
      expect(last()).toMatchObject({ level: 'error', stack: 'Error: broken\n    at here', context: 'Handler' });
    });

    it('keeps an error that comes as one', () => {
      nest.error(new Error('broken'));
      expect(last()).toMatchObject({ level: 'error', msg: 'broken', err: { message: 'broken' } });
    });

    it('redacts what comes as an object', () => {
      nest.warn({ email: 'ada@example.com' }, 'Handler');
      expect(lines[0]).not.toContain('ada@');
    });
  });
});
