import { type Json } from './chapter.js';
import { generalFields } from './fields/general.js';
import { invoiceFields } from './fields/invoices.js';
import { otherFields } from './fields/others.js';
import { partyFields } from './fields/parties.js';
import { workflowFields } from './fields/workflows.js';

/** What fields mean that say it not themselves: by `Resource.field`, else `parent.field`, else `field`. */
const FIELDS: Record<string, string> = {
  ...generalFields,
  ...partyFields,
  ...invoiceFields,
  ...workflowFields,
  ...otherFields,
};

/** What the names of request and answer schemas of one resource differ by. */
const ROLE_OF_SCHEMA =
  /(CreateRequest|UpsertRequest|UpdateRequest|Request|Document|PaginatedResponseWrapper|ResponseWrapper|PaginatedResponse|Content)$/;

/** Writes descriptions into a schema, in place, for the fields that carry none. */
export function describeFields(schema: Json, owner: string): void {
  walk(schema, { owner: owner.replace(ROLE_OF_SCHEMA, ''), parent: '' });
}

interface Place {
  owner: string;
  /** Name of the field whose value this is; empty at the top. */
  parent: string;
}

function walk(schema: Json, place: Place): void {
  for (const [name, property] of Object.entries((schema.properties ?? {}) as Record<string, Json>)) {
    const description = property.description ?? textOf(name, place);
    if (description !== undefined) property.description = description;
    if (typeof description === 'string' && description.startsWith('Additive')) property['x-additive'] = true;
    walk(property, { owner: place.owner, parent: name });
  }
  for (const part of partsOf(schema)) walk(part, place);
}

function textOf(name: string, { owner, parent }: Place): string | undefined {
  return FIELDS[`${owner}.${name}`] ?? FIELDS[`${parent}.${name}`] ?? FIELDS[name];
}

/** Schemas that say of the same value what it is, or what it holds without a name. */
function partsOf({ items, additionalProperties, oneOf, anyOf, allOf }: Json): Json[] {
  return [items, additionalProperties, ...[oneOf, anyOf, allOf].flatMap((parts) => parts ?? [])].filter(
    (part): part is Json => typeof part === 'object' && part !== null,
  );
}
