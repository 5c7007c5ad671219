import { FromStringShapeDeserializer } from "@smithy/core/protocols";
import type { NormalizedSchema } from "@smithy/core/schema";
import { serializerSettings, traitsOf } from "./schema";

/**
 * Reads the flat parameters of the query protocols (`Filter.1.Value.2=x`) into the operation's input. The one direction
 * that the SDK has no code for: a client only ever writes them.
 */
export function readQuery(schema: NormalizedSchema, parameters: URLSearchParams, dialect: Dialect): unknown {
  return schema.isStructSchema() ? read(schema, toTree(parameters), dialect) : {};
}

/** EC2's dialect capitalises members, has names of its own and never wraps a list. */
export type Dialect = "ec2Query" | "awsQuery";

interface Tree {
  value?: string;
  children: Map<string, Tree>;
}

function toTree(parameters: URLSearchParams): Tree {
  const root: Tree = { children: new Map() };
  for (const [name, value] of parameters) {
    let tree = root;
    for (const part of name.split(".")) {
      const child = tree.children.get(part) ?? { children: new Map() };
      tree.children.set(part, child);
      tree = child;
    }
    tree.value = value;
  }
  return root;
}

const scalars = new FromStringShapeDeserializer(serializerSettings);

function read(schema: NormalizedSchema, tree: Tree, dialect: Dialect): unknown {
  if (schema.isStructSchema()) {
    const structure: Record<string, unknown> = {};
    for (const [name, member] of schema.structIterator()) {
      const child = tree.children.get(parameterName(name, member, dialect));
      if (child) structure[name] = read(member, child, dialect);
    }
    return structure;
  }
  const isFlat = traitsOf(schema).xmlFlattened !== undefined;
  if (schema.isListSchema()) {
    const element = schema.getValueSchema();
    const list = dialect === "ec2Query" || isFlat ? tree : tree.children.get(traitsOf(element).xmlName ?? "member");
    return numbered(list).map((item) => read(element, item, dialect));
  }
  if (schema.isMapSchema()) {
    const key = traitsOf(schema.getKeySchema()).xmlName ?? "key";
    const values = schema.getValueSchema();
    const value = traitsOf(values).xmlName ?? "value";
    return Object.fromEntries(
      numbered(isFlat ? tree : tree.children.get("entry")).map((entry) => [
        entry.children.get(key)?.value ?? "",
        read(values, entry.children.get(value) ?? { children: new Map() }, dialect),
      ]),
    );
  }
  return scalars.read(schema, tree.value ?? "");
}

function parameterName(member: string, schema: NormalizedSchema, dialect: Dialect): string {
  const traits = traitsOf(schema);
  const name = traits.xmlName ?? member;
  if (dialect === "awsQuery") return name;
  const ec2Name = traits.ec2QueryName;
  return typeof ec2Name === "string" ? ec2Name : name.charAt(0).toUpperCase() + name.slice(1);
}

/** The items of a list in the order of their numbers, which may have gaps and arrive in any order. */
function numbered(tree: Tree | undefined): Tree[] {
  return [...(tree?.children ?? [])]
    .filter(([index]) => /^\d+$/.test(index))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, item]) => item);
}
