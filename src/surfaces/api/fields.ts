import type { Schema } from './openapi.ts';

/** One line of a schema, as people read it. */
export interface Field {
  /** With a dot for what is in it, and brackets for what there are many of: `people[].id`. */
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly description: string;
}

/** So deep one reads in lines; what is deeper has a page of its own. */
const depth = 3;

export function fieldsOf(schema: Schema, before = '', level = 1): readonly Field[] {
  const { properties = {}, required = [] } = schema;
  return Object.entries(properties).flatMap(([name, inner]) => {
    const called = before + name;
    const field = { name: called, type: typeOf(inner), required: required.includes(name) };
    const within = inner.items ?? inner;
    const prefix = `${called}${inner.items === undefined ? '' : '[]'}.`;
    return [
      { ...field, description: inner.description ?? '' },
      ...(level < depth ? fieldsOf(within, prefix, level + 1) : []),
    ];
  });
}

function typeOf({ type, anyOf, enum: listed, const: only, items }: Schema): string {
  if (anyOf !== undefined) return [...new Set(anyOf.map(typeOf))].join(' or ');
  if (listed !== undefined) return listed.map(String).join(' | ');
  if (only !== undefined) return String(only);
  if (items !== undefined) return `list of ${typeOf(items)}`;
  return [type ?? 'anything'].flat().join(' or ');
}
