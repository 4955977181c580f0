import { writeFileSync } from 'node:fs';
import { mailMjml } from './mail-parts.js';
import { mjmlToHtml } from './mjml-html.js';
import { hashOf, PRECOMPILED } from './precompiled-html.js';
import { ShippedTemplates } from './shipped-templates.js';

// A step of the build: the shipped templates' MJML becomes HTML once, not in each process.
const compiled: Record<string, string> = {};
for (const { candidate, template } of new ShippedTemplates().all()) {
  const mjml = mailMjml(candidate, template);
  compiled[hashOf(mjml)] = await mjmlToHtml(mjml, `template ${candidate}`);
}
writeFileSync(PRECOMPILED, JSON.stringify(compiled));
