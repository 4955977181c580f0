import { spawn } from 'node:child_process';

/** What somebody would paste in one go. */
export interface Pasted {
  /** Where it stands: `docs/tour.md:28`. */
  at: string;
  source: string;
}

/** The ```sh blocks of a Markdown file, in their order. @param file names it in `at`. */
export function shellBlocks(markdown: string, file: string): Pasted[] {
  return [...markdown.matchAll(/^```sh\n(.*?)^```$/gms)].map(({ 1: source = '', index }) => ({
    at: `${file}:${markdown.slice(0, index).split('\n').length}`,
    source,
  }));
}

/**
 * Pastes them one after the other into one bash.
 * @returns what was printed.
 * @throws Error that names the one in which a command failed, with what it printed.
 */
export async function paste(blocks: readonly Pasted[], environment: Record<string, string> = {}): Promise<string> {
  const mark = (at: string) => `--- ${at} ---\n`;
  const script = blocks.map(({ at, source }) => `printf '%s' '${mark(at)}'\n${source}`).join('\n');
  const bash = spawn('bash', ['-e', '-c', script], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const note = (chunk: Buffer) => (printed += chunk.toString());
  bash.stdout.on('data', note);
  bash.stderr.on('data', note);
  const code = await new Promise<number | null>((resolve) => bash.on('close', resolve));
  if (code === 0) return printed;
  const reached = blocks.filter(({ at }) => printed.includes(mark(at))).at(-1);
  const from = reached ? printed.lastIndexOf(mark(reached.at)) + mark(reached.at).length : 0;
  throw new Error(`${reached?.at ?? 'bash'} failed with ${code}:\n${printed.slice(from)}`);
}
