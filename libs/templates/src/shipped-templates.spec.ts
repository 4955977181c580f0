import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MailRenderer } from './render-mail.js';
import { ShippedTemplates } from './shipped-templates.js';

const SHIPPED = fileURLToPath(new URL('..', import.meta.url));

/** A template named `hello` in English, and whatever else a test writes; `layout` as shipped. */
class OwnTemplates {
  private readonly root = mkdtempSync(join(tmpdir(), 'templates-'));

  constructor() {
    cpSync(join(SHIPPED, 'layout'), join(this.root, 'layout'), { recursive: true });
    this.write('templates/hello/body.mjml', '<mj-text>{{> words}}</mj-text>');
    this.write('templates/hello/text.txt', '{{> words}}');
    this.write('templates/hello/sample.json', '{}');
    this.speak('en', { words: 'Hello {{customer_name}}' });
  }

  write(file: string, content: string): void {
    mkdirSync(join(this.root, file, '..'), { recursive: true });
    writeFileSync(join(this.root, file), content);
  }

  speak(language: string, words: Record<string, string>): void {
    const all = { subject: '{{> words}}', preheader: '', seller: '', legal: '', ...words };
    this.write(`templates/hello/${language}/words.json`, JSON.stringify(all));
  }

  mail(locale: string) {
    return new MailRenderer(new ShippedTemplates(this.root)).render({
      templateName: 'hello',
      locale,
      platformLocale: null,
      zone: 'UTC',
      subject: null,
      variables: () => ({ customer_name: 'Anna' }),
    });
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }
}

let own: OwnTemplates;
beforeEach(() => (own = new OwnTemplates()));
afterEach(() => own.remove());

describe('a template', () => {
  it('speaks a further language when a folder of words is there', async () => {
    own.speak('ar', { words: 'مرحبا {{customer_name}}' });
    const { subject, html, template, usedFallback } = await own.mail('ar-EG');
    expect({ subject, template, usedFallback }).toEqual({
      subject: 'مرحبا Anna',
      template: 'hello.ar',
      usedFallback: false,
    });
    expect(html).toContain('<html lang="ar" dir="rtl"');
    expect(html).toMatch(/text-align:right[^>]*>مرحبا Anna/);
  });

  it('may have a structure of its own in one language', async () => {
    own.speak('nl', { words: 'Hallo' });
    own.write('templates/hello/nl/text.txt', '*** {{> words}} ***');
    expect((await own.mail('nl')).text).toBe('*** Hallo ***\n');
    expect((await own.mail('en')).text).toBe('Hello Anna\n');
  });

  it.each([
    ['a part that does not exist', { words: '{{> wrods}}' }, 'the part wrods, which does not exist'],
    [
      'parts that contain themselves',
      { words: '{{> a}}', a: '{{> b}}', b: '{{> a}}' },
      'parts that contain themselves',
    ],
    ['an unknown helper', { words: '{{shout customer_name}}' }, 'uses shout as a helper'],
    ['an open block', { words: '{{#if customer_name}}' }, 'is not a template'],
  ])('is refused with %s', async (_case, words: Record<string, string>, why) => {
    own.speak('en', words);
    await expect(own.mail('en')).rejects.toMatchObject({
      code: 'TEMPLATE_INVALID',
      message: expect.stringContaining(why),
    });
  });

  it('is refused when its MJML is none', async () => {
    own.write('templates/hello/body.mjml', '<mj-txt>Hello</mj-txt>');
    await expect(own.mail('en')).rejects.toMatchObject({
      code: 'TEMPLATE_INVALID',
      message: expect.stringContaining('mj-txt'),
    });
  });

  it('includes nothing from disk', async () => {
    own.write('templates/hello/body.mjml', '<mj-include path="/etc/hostname" type="html" /><mj-text>Hello</mj-text>');
    const outcome = await own.mail('en').then(
      ({ html }) => html.replaceAll(/\s/g, ''),
      (error: unknown) => error,
    );
    if (typeof outcome === 'string') expect(outcome).not.toContain('hostname');
    else expect(outcome).toMatchObject({ code: 'TEMPLATE_INVALID' });
  });
});

describe('the shipped words', () => {
  it('contain no markup, since text parts print them as they are', () => {
    for (const { candidate, template } of new ShippedTemplates().all()) {
      for (const part of ['subject', 'preheader', 'message', 'questions', 'greeting', 'attachment', 'status', 'pay']) {
        expect([candidate, part, template.part(part, 'text')]).not.toContainEqual(expect.stringMatching(/<|&/));
      }
    }
  });
});
