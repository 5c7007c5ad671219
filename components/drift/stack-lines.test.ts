import { describe, expect, it } from "vitest";
import type { NestedStackRow, StackRow } from "@/server/drift/views";
import { stackLines } from "./stack-lines";

const nestedRow = (stackName: string) => ({ id: stackName, stackName, depth: 1 }) as NestedStackRow;
const rootRow = (...names: string[]) =>
  ({ id: "root", stackName: "web", nested: { count: names.length, stacks: names.map(nestedRow) } }) as StackRow;

describe("stackLines", () => {
  it("begins no nested stack's name with its root's, which would leave no room for what tells it apart", () => {
    const lines = stackLines([rootRow("web-Database-1A", "web-Network-2B", "webhooks")], ["root"]);
    expect(lines.map(({ shortName }) => shortName)).toEqual(["web", "…-Database-1A", "…-Network-2B", "webhooks"]);
  });
  it("shows what is nested under an unfolded root alone", () => {
    expect(stackLines([rootRow("web-Database-1A")], []).map(({ shortName }) => shortName)).toEqual(["web"]);
  });
});
