import { type Json } from './chapter.js';

const SITE = 'https://billing.example.com';
const FIRST_PAGE = {
  page: 1,
  limit: 50,
  total_number_of_pages: null,
  links: {
    first: `${SITE}/v1/…?page=1&limit=50`,
    previous: null,
    current: `${SITE}/v1/…?page=1&limit=50`,
    next: null,
  },
};

/** The example of a resource in the shape that an answer has: by itself, in a list, or in a page. */
export function exampleAnswer(schema: Json, schemas: Record<string, Json>, example: Json | undefined): unknown {
  if (!example) return undefined;
  const whole = resolved(schema, schemas);
  if (whole.type === 'array') return [example];
  const { data, links } = (whole.properties ?? {}) as Json;
  if (!data) return example;
  return links ? { data: [example], ...FIRST_PAGE } : { data: [example] };
}

function resolved(schema: Json, schemas: Record<string, Json>): Json {
  const name = typeof schema.$ref === 'string' ? schema.$ref.split('/').pop() : undefined;
  return name === undefined ? schema : (schemas[name] ?? {});
}
