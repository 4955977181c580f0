import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '#database/migration-files';
import { paste, shellBlocks } from './paste.js';
import { type Laptop, startLaptop } from './start-laptop.js';

describe('the tour', () => {
  let laptop: Laptop;

  beforeAll(async () => (laptop = await startLaptop()), 90_000);
  afterAll(() => laptop.stop());

  it('mails once for each of the six workflow variants', async () => {
    const file = join('docs', 'tour.md');
    const blocks = shellBlocks(await readFile(join(projectRoot(), file), 'utf8'), file);
    await paste(blocks, { URL: laptop.url, KEY: laptop.apiKey });
    expect(await laptop.mails()).toEqual([
      ['finance@harbour-coffee.example', 'Invoice 2026-0042 from Noorderlicht Software B.V.'],
      ['finance@harbour-coffee.example', expect.stringMatching(/^Payment on .+: invoice 2026-0042 from Noorderlicht/)],
      [
        'finance@harbour-coffee.example',
        'Your payment for invoice 2026-0042 to Noorderlicht Software B.V. did not go through',
      ],
      ['finance@harbour-coffee.example', 'Payment reminder: invoice 2026-0042 from Noorderlicht Software B.V.'],
      ['administratie@bakkerij-jansen.example', expect.stringMatching(/^Uw gratis proefperiode van Orders platform/)],
      ['lena.mueller@post.example', 'Ihr Guthaben bei Noorderlicht Software B.V. geht zur Neige'],
    ]);
  }, 240_000);
});
