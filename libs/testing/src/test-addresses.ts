/** Where the servers of a test run are. Global setup leaves it in the environment, from which every test file reads it. */
export interface TestAddresses {
  /** postgres://… of the database `postgres`, as a role that may create databases. */
  databaseUrl: string;
  /** A migrated database to clone; nobody may connect to it. */
  template: string;
  /** redis://…, or null where no Redis is installed. */
  redisUrl: string | null;
}

const VARIABLE = 'BILLING_WORKFLOWS_TEST_ADDRESSES';

export function testAddresses(): TestAddresses {
  const text = process.env[VARIABLE];
  if (text === undefined) {
    throw new Error('No test servers are running: only *.e2e-spec.ts files have them (jest.config.js, project e2e).');
  }
  return JSON.parse(text) as TestAddresses;
}
