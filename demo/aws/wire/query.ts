import { FromStringShapeDeserializer } from "@smithy/core/protocols";
import type { NormalizedSchema } from "@smithy/core/schema";
import { textSettings, traitsOf, type Untyped } from "./schemas";

/** Reads a form such as `Filter.1.Value.2=x` by its schema; the SDK itself only ever writes this form. */
export function readQuery(schema: NormalizedSchema, params: URLSearchParams, { isEc2 }: { isEc2: boolean }): unknown {
  return read(schema, toTree(params), isEc2);
}

interface Tree {
  text?: string;
  children?: Record<string, Tree>;
}

function toTree(params: URLSearchParams): Tree {
  const root: Tree = { children: {} };
  for (const [key, value] of params) {
    let tree = root;
    for (const part of key.split(".")) {
      tree.children ??= {};
      tree = tree.children[part] ??= {};
    }
    tree.text = value;
  }
  return root;
}

const scalars = new FromStringShapeDeserializer(textSettings);

function read(schema: NormalizedSchema, tree: Tree, isEc2: boolean): unknown {
  if (schema.isStructSchema()) return readStructure(schema, tree, isEc2);
  if (schema.isListSchema()) {
    const items = schema.getValueSchema();
    const isFlat = isEc2 || traitsOf(schema).xmlFlattened;
    return numbered(isFlat ? tree : tree.children?.[traitsOf(items).xmlName ?? "member"]).map((item) =>
      read(items, item, isEc2),
    );
  }
  if (schema.isMapSchema()) {
    const values = schema.getValueSchema();
    const keyName = traitsOf(schema.getKeySchema()).xmlName ?? "key";
    const valueName = traitsOf(values).xmlName ?? "value";
    const entries = numbered(traitsOf(schema).xmlFlattened ? tree : tree.children?.entry);
    return Object.fromEntries(
      entries.map(({ children = {} }) => [
        children[keyName]?.text ?? "",
        read(values, children[valueName] ?? {}, isEc2),
      ]),
    );
  }
  return scalars.read(schema as Untyped, tree.text ?? "");
}

function readStructure(schema: NormalizedSchema, tree: Tree, isEc2: boolean): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [name, member] of schema.structIterator()) {
    const traits = traitsOf(member);
    const xmlName: string = traits.xmlName ?? name;
    // EC2 writes its members with a capital, whatever their XML name begins with.
    const wireName = isEc2 ? (traits.ec2QueryName ?? xmlName.charAt(0).toUpperCase() + xmlName.slice(1)) : xmlName;
    const child = tree.children?.[wireName];
    if (child) out[name] = read(member, child, isEc2);
  }
  return out;
}

/** The children `1`, `2`, … in their order. */
function numbered(tree: Tree | undefined): Tree[] {
  return Object.entries(tree?.children ?? {})
    .filter(([key]) => /^\d+$/.test(key))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, child]) => child);
}
