import { readFileSync, writeFileSync } from 'node:fs';
import { compatibility, type ReferenceTag } from './documentation/compatibility.js';
import { describeApi } from './documentation/describe-api.js';

const reference = JSON.parse(readFileSync('scripts/reference-names.json', 'utf8')) as Record<string, ReferenceTag>;
writeFileSync('docs/compatibility.md', compatibility(await describeApi(), reference));
