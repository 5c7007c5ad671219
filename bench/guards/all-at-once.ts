/**
 * Guards that stand in many places, one for each mutation or each kind of row: read from the source, so that none can be forgotten. All are taken
 * out in one run, as each of their tests looks at one of them alone; and each must be noticed by its own test.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { root } from "./copy";
import type { Edit, Trial } from "./trial";

const AUDIT = ["server/audit/mutations.int.test.ts"];

export function guardsOfManyPlaces(): Trial[] {
  const writes = callsOf("record", "server/audit/record.ts");
  const refusals = callsOf("notFound", "server/errors.ts");
  return [
    {
      goal: "F8",
      name: "every deed is written down",
      edits: writes.map(({ argumentTexts, ...at }) => ({
        ...at,
        text: `Promise.resolve(void [${argumentTexts.join(", ")}])`,
      })),
      project: "integration",
      tests: AUDIT,
      only: ["leaves exactly one event", "is an event too"],
      unnoticed: everyTestIsRed,
    },
    {
      goal: "F8",
      name: "every deed is written down in the transaction that does it, or is not done",
      edits: writes.map(({ argumentTexts: [, ctx = "", deed = ""], ...at }) => {
        const client = JSON.stringify(`./${path.relative(path.dirname(at.file), "server/db/client")}`);
        const apart = `({ forTenant }) => forTenant(${ctx}.tenantId, async (apart) => record(apart, ${ctx}, ${deed}))`;
        // The sabotage itself: the deed goes on though its event could not be written.
        return { ...at, text: `import(${client}).then(${apart}).catch(() => undefined)` };
      }),
      project: "integration",
      tests: AUDIT,
      only: ["writes its event in the transaction that does it", "does nothing where its event cannot be written"],
      unnoticed: everyTestIsRed,
    },
    {
      goal: "F1",
      name: "whatever is not found is told in the same words",
      edits: [
        ...refusals.map(({ argumentTexts: [what = ""], ...at }, index) => ({
          ...at,
          text: `notFound(\`[place ${index}] \${Math.random()} \${${what}}\`)`,
        })),
        wholeMessages(),
      ],
      project: "integration",
      tests: ["server/routers/isolation.int.test.ts", "server/rest/isolation.int.test.ts"],
      only: ["are one to"],
      unnoticed: (failures) =>
        refusals
          .filter((_, index) => !failures.some(({ message }) => message.includes(`[place ${index}]`)))
          .map(({ file, line, argumentTexts }) => `${file}:${line} ${argumentTexts.join()}`),
    },
  ];
}

const everyTestIsRed: Trial["unnoticed"] = (failures, inPlace) =>
  inPlace.map(({ name }) => name).filter((name) => !failures.some((failure) => failure.name === name));

interface Call extends Omit<Edit, "text"> {
  line: number;
  argumentTexts: string[];
}

/** Every call of what `from` exports as `name`, in the server's own files. */
function callsOf(name: string, from: string): Call[] {
  const files = readdirSync(path.join(root, "server"), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.ts$/.test(file) && !/\.test\.ts$|^db\/generated\//.test(file))
    .map((file) => `server/${file}`);
  return files.flatMap((file) => {
    const source = ts.createSourceFile(file, readFileSync(path.join(root, file), "utf8"), ts.ScriptTarget.Latest, true);
    if (!source.statements.some((statement) => imports(statement, name, file, from))) return [];
    const calls: Call[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && node.expression.getText() === name)
        calls.push({
          ...{ file, start: node.getStart(), end: node.getEnd() },
          line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1,
          argumentTexts: node.arguments.map((argument) => argument.getText()),
        });
      node.forEachChild(visit);
    };
    visit(source);
    return calls;
  });
}

function imports(statement: ts.Statement, name: string, file: string, from: string): boolean {
  if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return false;
  if (`${path.join(path.dirname(file), statement.moduleSpecifier.text)}.ts` !== from) return false;
  const named = statement.importClause?.namedBindings;
  return Boolean(named && ts.isNamedImports(named) && named.elements.some((element) => element.name.text === name));
}

/** Assertions say whole what they compare, so that the place shows in what they say. */
function wholeMessages(): Edit {
  const file = "vitest.config.ts";
  const start = readFileSync(path.join(root, file), "utf8").indexOf("maxWorkers:");
  return { file, start, end: start, text: "chaiConfig: { truncateThreshold: 0 },\n    " };
}
