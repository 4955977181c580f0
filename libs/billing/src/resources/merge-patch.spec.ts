import fc from 'fast-check';
import { isJsonObject, type JsonObject, mergePatch } from './merge-patch.js';

const object = fc.dictionary(fc.string(), fc.jsonValue()) as fc.Arbitrary<JsonObject>;

describe('mergePatch', () => {
  it.each([
    ['keeps what the patch leaves out', { a: 1, b: 2 }, { b: 3 }, { a: 1, b: 3 }],
    ['removes what the patch sets to null', { a: 1, b: 2 }, { a: null }, { b: 2 }],
    ['merges objects recursively', { a: { b: 1, c: 2 } }, { a: { c: 3 } }, { a: { b: 1, c: 3 } }],
    ['replaces arrays', { a: [1, 2] }, { a: [3] }, { a: [3] }],
    ['replaces a value by an object without its nulls', { a: 1 }, { a: { b: null, c: 2 } }, { a: { c: 2 } }],
    ['treats undefined as absent', { a: 1 }, { a: undefined }, { a: 1 }],
  ] as [string, JsonObject, JsonObject, JsonObject][])('%s', (_rule, target, patch, merged) => {
    expect(mergePatch(target, patch)).toEqual(merged);
  });

  it('changes nothing when the same patch is applied again', () => {
    fc.assert(
      fc.property(object, object, (target, patch) => {
        const once = mergePatch(target, patch);
        expect(mergePatch(once, patch)).toEqual(once);
      }),
    );
  });

  it('leaves no null in the objects of what is written new', () => {
    const holdsNull = (value: unknown): boolean =>
      value === null || (isJsonObject(value) && Object.values(value).some(holdsNull));
    fc.assert(fc.property(object, (patch) => !holdsNull(mergePatch({}, patch))));
  });

  it('never changes a prototype', () => {
    mergePatch({}, JSON.parse('{"__proto__":{"polluted":true}}') as JsonObject);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
