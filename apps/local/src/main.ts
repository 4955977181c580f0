import { firstWorkflow } from './first-workflow.js';
import { localSettings } from './local-settings.js';
import { startLocalStack } from './local-stack.js';

const DATA_DIR = '.data';
const port = Number(process.env.PORT ?? 3000);

try {
  const { apiKey, encryptionKey } = await localSettings(DATA_DIR);
  const stack = await startLocalStack({ dataDir: DATA_DIR, port, apiKey, encryptionKey, settings: process.env });
  process.stdout.write(`${welcome(stack.url, apiKey)}\n`);
  await new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
  process.stdout.write('\nStopping; the data stays in .data/.\n');
  await stack.stop();
  process.exit(0);
} catch (error) {
  process.stderr.write(`${reason(error)}\n`);
  process.exit(1);
}

function welcome(url: string, apiKey: string): string {
  return `
Billing Workflows runs here until Ctrl-C. Data is kept in ${DATA_DIR}/.

  API       ${url}/v1      key: ${apiKey}
  Docs      ${url}/docs
  Inbox     ${url}/inbox   (every mail lands here, none leaves this machine)

A first workflow, in five calls:

${firstWorkflow(url, apiKey)}`;
}

function reason(error: unknown): string {
  if ((error as { code?: string }).code === 'EADDRINUSE') {
    return `Port ${port} is taken by another program: stop that one, or choose another with PORT=3001 npm start.`;
  }
  return error instanceof Error ? error.message : String(error);
}
