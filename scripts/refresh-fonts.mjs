#!/usr/bin/env node
/*
 * Fetches the fonts that libs/documents/fonts/fonts.json lists, from the npm packages named there, into that folder.
 * Run it after a change of the list: `node scripts/refresh-fonts.mjs`. Needs npm and a registry; nothing is installed.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SUBSETTER = 'subset-font@2.9.0';
const folder = fileURLToPath(new URL('../libs/documents/fonts/', import.meta.url));
const list = JSON.parse(readFileSync(join(folder, 'fonts.json'), 'utf8'));
const work = mkdtempSync(join(tmpdir(), 'fonts-'));
const npm = (...args) => execFileSync('npm', args, { cwd: work, encoding: 'utf8' }).trim();

/** Every character that two bytes of a legacy encoding stand for: the repertoire of a national standard. */
function twoByte(encoding, leads) {
  const decoder = new TextDecoder(encoding);
  const characters = [];
  for (let lead = leads[0]; lead <= leads[1]; lead++) {
    for (let trail = 0xa1; trail <= 0xfe; trail++) characters.push(decoder.decode(Uint8Array.of(lead, trail)));
  }
  return [...new Set(characters)].filter((character) => /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(character)).join('');
}

function codePoints(from, to) {
  return Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)).join('');
}

/** What `only` in the list may name. */
const REPERTOIRES = {
  'KS X 1001': () => twoByte('euc-kr', [0xb0, 0xc8]) + codePoints(0x3131, 0x318e),
  'GB 2312': () => twoByte('gbk', [0xb0, 0xf7]),
  'BMP symbols': () => codePoints(0x2190, 0x2bff),
};

async function written(source, target, only) {
  if (!only) return copyFileSync(source, target);
  const subset = createRequire(join(work, 'package.json'))('subset-font');
  writeFileSync(target, await subset(readFileSync(source), REPERTOIRES[only](), { targetFormat: 'truetype' }));
}

writeFileSync(join(work, 'package.json'), '{ "private": true }');
npm('install', '--silent', '--no-save', SUBSETTER);
for (const { package: name, regular, bold, only } of list) {
  const archive = npm('pack', '--silent', name).split('\n').at(-1);
  execFileSync('tar', ['xzf', archive], { cwd: work });
  const unpacked = join(work, 'package');
  const files = readdirSync(unpacked, { recursive: true });
  for (const file of [regular, bold].filter((file) => file)) {
    const source = files.find((path) => path.endsWith(`/${file}`));
    if (!source) throw new Error(`${name} has no ${file}; look at its folders and correct fonts.json.`);
    await written(join(unpacked, source), join(folder, file), only);
  }
  rmSync(unpacked, { recursive: true });
  console.log(`${name}: ${[regular, bold].filter((file) => file).join(', ')}${only ? ` (${only})` : ''}`);
}
rmSync(work, { recursive: true });
