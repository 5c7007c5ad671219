import type { Random } from "./random";

/** Pure: the vocabulary of a company that has run on AWS for some years. */
export const services = [
  "api",
  "web",
  "checkout",
  "orders",
  "payments",
  "search",
  "catalog",
  "auth",
  "billing",
  "reports",
  "ingest",
  "notify",
] as const;

const teams: Record<string, string> = {
  api: "platform",
  web: "storefront",
  checkout: "storefront",
  orders: "commerce",
  payments: "payments",
  search: "storefront",
  catalog: "commerce",
  auth: "platform",
  billing: "payments",
  reports: "data",
  ingest: "data",
  notify: "growth",
};

const owners = ["ana.silva", "jonas.weber", "mei.tanaka", "sam.okafor", "zoë.dubois"];

/** Names that a careless list, export or XML writer breaks on. */
const hostile = [
  `<b>größe & "Maße"</b>`,
  "日本-東京-バックアップ",
  `O'Brien's "test" box, do not delete`,
  "=SUM(A1:A9)",
  "]]> end of section",
  "🦊 firefox-grid",
];

const teamOf = (service: string) => teams[service] ?? "platform";

export const shortOf = (environment: string) =>
  ({ production: "prod", staging: "stage", sandbox: "sbx", shared: "shared" })[environment] ?? environment;

/** What people tag a thing of `service` with: mostly all of the company's tags, at times half of them, at times none. */
export function tagsFor(
  random: Random,
  { title, service, environment }: Record<"title" | "service" | "environment", string>,
): Record<string, string> {
  if (random.chance(0.09)) return {};
  const Name = random.chance(0.008) ? random.pick(hostile) : title;
  if (random.chance(0.12)) return { Name };
  return {
    Name,
    Environment: environment,
    Team: teamOf(service),
    CostCenter: `CC-${4100 + teamOf(service).length * 7}`,
    ...(random.chance(0.4) && { Owner: `${random.pick(owners)}@northwind.example` }),
  };
}
