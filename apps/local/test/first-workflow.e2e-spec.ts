import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '#database/migration-files';
import { firstWorkflow } from '../src/first-workflow.js';
import { paste } from './paste.js';
import { type Laptop, startLaptop } from './start-laptop.js';

describe('the five calls', () => {
  let laptop: Laptop;

  beforeAll(async () => (laptop = await startLaptop()), 90_000);
  afterAll(() => laptop.stop());

  it('mail one invoice, also when they are pasted twice', async () => {
    const source = firstWorkflow(laptop.url, laptop.apiKey);
    const [once, twice] = [await paste([{ at: 'once', source }]), await paste([{ at: 'twice', source }])];
    const mail = ['ap@customer.example', 'Invoice 2026-0001 from Our Company B.V.'];
    await paste([{ at: 'the wait', source: `until curl -sf ${laptop.url}/inbox/1 -o /dev/null; do sleep 0.5; done` }]);
    expect(await laptop.mails()).toEqual([mail]);
    const actions = [once, twice].map((printed) => /"id":"(wkfa_\w+)"/.exec(printed)?.[1]);
    expect(actions).toEqual([expect.any(String), actions[0]]);
    expect(twice).toContain('"object_type":"INVOICE"');
    expect(twice).not.toContain('INVALID_REQUEST');
  }, 180_000);

  it('stand in the README as they are printed', async () => {
    const readme = await readFile(join(projectRoot(), 'README.md'), 'utf8');
    expect(readme).toContain(`\`\`\`sh\n${firstWorkflow('$URL', '$KEY')}\n\`\`\``);
  });
});
