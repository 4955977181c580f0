import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { OutgoingClient, type OutgoingOptions, type Resolve } from './outgoing-client.js';

let asked: IncomingMessage[];
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let server: Server;
let port: number;
const clients: OutgoingClient[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});
beforeEach(() => {
  asked = [];
  answer = (_request, response) => response.end('ok');
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()));
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const clientWith = (options: Partial<OutgoingOptions>) => {
  const client = new OutgoingClient({ allowPrivateAddresses: false, timeoutMs: 2_000, ...options });
  clients.push(client);
  return client;
};
const leadingTo =
  (...addresses: string[]): Resolve =>
  (_host, _options, done) =>
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
const post = (client: OutgoingClient, host: string) => client.post(`http://${host}:${port}/hook`, '{}', {});

describe('OutgoingClient', () => {
  it.each(['127.0.0.1', '169.254.169.254', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0177.0.0.1', 'localhost'])(
    'does not connect to %s',
    async (host) => {
      expect(await post(clientWith({}), host)).toMatchObject({ successful: false, status: null });
      expect(asked).toEqual([]);
    },
  );

  it.each([['127.0.0.1'], ['::1'], ['::ffff:127.0.0.1'], ['10.0.0.8']])(
    'does not connect to a name that leads to %s',
    async (address) => {
      const told = await post(clientWith({ resolve: leadingTo(address) }), 'hooks.example.com');
      expect(told.message).toContain('not a public address');
      expect(asked).toEqual([]);
    },
  );

  it('does not connect to a name that leads inside by one of its addresses', async () => {
    const told = await post(clientWith({ resolve: leadingTo('93.184.216.34', '127.0.0.1') }), 'hooks.example.com');
    expect(told.message).toContain('127.0.0.1');
  });

  it('connects where private addresses are allowed, to the address that was judged', async () => {
    const client = clientWith({ allowPrivateAddresses: true, resolve: leadingTo('127.0.0.1') });
    expect(await post(client, 'hooks.example.com')).toMatchObject({ successful: true, status: 200 });
    expect(asked[0]?.headers.host).toBe(`hooks.example.com:${port}`);
  });

  it('follows no redirect', async () => {
    answer = (_request, response) => response.writeHead(302, { location: '/elsewhere' }).end();
    const told = await post(clientWith({ allowPrivateAddresses: true }), '127.0.0.1');
    expect(told).toMatchObject({ successful: false, status: 302 });
    expect(asked.map(({ url }) => url)).toEqual(['/hook']);
  });

  it('waits no longer than agreed for an answer', async () => {
    answer = () => undefined;
    const told = await post(clientWith({ allowPrivateAddresses: true, timeoutMs: 50 }), '127.0.0.1');
    expect(told).toEqual({
      successful: false,
      status: null,
      message: expect.stringContaining('did not answer within'),
    });
  });

  it('tells nobody what the other side wrote', async () => {
    answer = (_request, response) => response.writeHead(500).end('database password: hunter2');
    expect(JSON.stringify(await post(clientWith({ allowPrivateAddresses: true }), '127.0.0.1'))).not.toContain(
      'hunter2',
    );
  });

  it('says that nobody listens', async () => {
    const client = clientWith({ allowPrivateAddresses: true });
    expect((await client.post('http://127.0.0.1:1/', '{}', {})).message).toContain('could not be reached');
  });
});
