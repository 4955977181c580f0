/**
 * Prints what each resource of the API costs: files and lines of its folder, and how many of the lines are its wire schemas,
 * which the contract dictates. A resource is a folder with a controller.
 */
import { readdirSync, readFileSync } from 'node:fs';

const API = new URL('../apps/api/src/', import.meta.url);
const WIRE = '.wire.ts';

const linesOf = (folder, file) => readFileSync(new URL(`${folder}/${file}`, API), 'utf8').split('\n').length - 1;
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

const rows = readdirSync(API, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => ({ name, files: readdirSync(new URL(`${name}/`, API)).filter((file) => file.endsWith('.ts')) }))
  .filter(({ name, files }) => name !== 'http' && files.some((file) => file.endsWith('.controller.ts')))
  .map(({ name, files }) => {
    const code = files.filter((file) => !file.endsWith('.spec.ts'));
    const wire = code.filter((file) => file.endsWith(WIRE));
    return {
      folder: name,
      files: code.length,
      lines: sum(code.map((file) => linesOf(name, file))),
      wire: sum(wire.map((file) => linesOf(name, file))),
    };
  })
  .sort((a, b) => a.folder.localeCompare(b.folder));

const print = ({ folder, files, lines, wire }) =>
  process.stdout.write(
    `${String(folder).padEnd(30)} ${String(files).padStart(5)} ${String(lines).padStart(6)} ${String(wire).padStart(16)}\n`,
  );

print({ folder: 'folder', files: 'files', lines: 'lines', wire: 'of which schema' });
rows.forEach(print);
print({
  folder: `all ${rows.length}`,
  files: sum(rows.map(({ files }) => files)),
  lines: sum(rows.map(({ lines }) => lines)),
  wire: sum(rows.map(({ wire }) => wire)),
});
