import { describe, expect, it } from "vitest";
import { accountSorts, shownAccounts, type AccountListParams } from "./account-list";

const account = (name: string, change: object = {}) => ({
  id: name,
  name,
  awsAccountId: "123456789012",
  status: "connected" as const,
  resourceCount: 10,
  lastSyncedAt: new Date(0),
  completeness: {
    cellsTotal: 1,
    cellsRead: 1,
    cellsFailing: 0,
    accountsFailing: 0,
    accountsWaiting: 0,
    isPartial: false,
    asOf: null,
    isStale: false,
    gaps: [],
  },
  ...change,
});
const params: AccountListParams = { account: [], region: [], q: "", status: [], sort: "name", dir: "asc" };
const names = (accounts: ReturnType<typeof account>[], change: Partial<AccountListParams>) =>
  shownAccounts(accounts, { ...params, ...change }).map(({ name }) => name);

describe("shownAccounts", () => {
  it("finds an account by its name, whatever the case, and by its number as AWS's console groups it", () => {
    const two = [account("Data"), account("Web", { awsAccountId: "200000000002" })];
    expect(names(two, { q: " dat " })).toEqual(["Data"]);
    expect(names(two, { q: "2000-0000" })).toEqual(["Web"]);
  });
  it("keeps to the scope and to the wanted states", () => {
    const two = [account("Data", { status: "limited" }), account("Web")];
    expect(names(two, { account: ["Web"] })).toEqual(["Web"]);
    expect(names(two, { status: ["limited", "error"] })).toEqual(["Data"]);
  });
  it("puts what is unknown last, in either direction", () => {
    const three = [account("New", { resourceCount: null }), account("Big", { resourceCount: 20 }), account("Small")];
    expect(names(three, { sort: "resources" })).toEqual(["Small", "Big", "New"]);
    expect(names(three, { sort: "resources", dir: "desc" })).toEqual(["Big", "Small", "New"]);
  });
  it("puts what needs a person first when sorted by status", () => {
    const states = ["connected", "paused", "error", "limited"].map((status) => account(status, { status }));
    expect(names(states, { sort: "status" })).toEqual(["error", "limited", "paused", "connected"]);
  });
  it("orders equal ones by name, numbers as people count", () => {
    const equal = [account("Team 10"), account("Team 9")];
    for (const sort of accountSorts) expect(names(equal, { sort })).toEqual(["Team 9", "Team 10"]);
  });
});
