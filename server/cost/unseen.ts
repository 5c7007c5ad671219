/** Pure: spend beside what the inventory has seen. */
import { amount, dollars } from "./money";
import type { UnseenSpend } from "./views";

/** Which resource types the inventory reads of a service, by Cost Explorer's names. A service that is not here has none. */
const typesOfService: Record<string, string[]> = {
  "Amazon Elastic Compute Cloud - Compute": ["AWS::EC2::Instance"],
  "EC2 - Other": ["AWS::EC2::Volume", "AWS::EC2::Snapshot", "AWS::EC2::EIP", "AWS::EC2::NatGateway"],
  "Amazon Relational Database Service": ["AWS::RDS::DBInstance", "AWS::RDS::DBCluster"],
  "Amazon Simple Storage Service": ["AWS::S3::Bucket"],
  "AWS Lambda": ["AWS::Lambda::Function"],
  "Amazon DynamoDB": ["AWS::DynamoDB::Table"],
  "Amazon Elastic Load Balancing": ["AWS::ElasticLoadBalancingV2::LoadBalancer"],
  "AWS CloudFormation": ["AWS::CloudFormation::Stack"],
};

/** Spend of no region, and what is billed in one but exists in none: no inventory could see it. */
const NOWHERE = new Set(["NoRegion", "global", ""]);

/** What inventory knows of a type in a region of an account. */
export interface SeenCell {
  accountId: string;
  region: string;
  type: string;
  /** Of a type that is read for all regions at once: it says nothing of whether this one was scanned. */
  isGlobal: boolean;
  isRead: boolean;
  isFailing: boolean;
  /** Live resources that lie in the region; a bucket's region is not its cell's. */
  live: number;
}

export interface LinkedAccount {
  awsAccountId: string;
  accountId: string | null;
  name: string;
}

interface Spend {
  /** By account and region, of all services. */
  byAccount: { awsAccountId: string; region: string; amount: string }[];
  /** By service and region, of all linked accounts of a teller together. */
  byService: { accounts: string[]; service: string; region: string; amount: string }[];
}

/**
 * Where money goes that the inventory does not show, the dearest first: accounts that are not connected, regions that were never
 * scanned, and services of which nothing was found or could be read. Spend of less than a cent is left out.
 */
export function unseenSpend(
  { byAccount, byService }: Spend,
  cells: SeenCell[],
  accounts: LinkedAccount[],
): UnseenSpend[] {
  const account = (awsAccountId: string) =>
    accounts.find((each) => each.awsAccountId === awsAccountId) ?? {
      awsAccountId,
      accountId: null,
      name: awsAccountId,
    };
  const rows: UnseenSpend[] = [];
  const unconnected = new Map<string, UnseenSpend>();
  for (const { awsAccountId, region, amount: spent } of byAccount) {
    const { accountId, name } = account(awsAccountId);
    const row = { awsAccountId, accountId, accountName: name, service: null, amount: spent };
    if (!accountId) {
      const sofar = unconnected.get(awsAccountId)?.amount ?? "0";
      const message = `${name} is not connected: its spend is known through its payer alone. Connect it to see what it has.`;
      const total = amount(sofar).plus(spent).toString();
      unconnected.set(awsAccountId, { ...row, region: null, amount: total, why: "accountNotConnected", message });
      continue;
    }
    const there = cells.filter((cell) => cell.accountId === accountId && cell.region === region && !cell.isGlobal);
    if (NOWHERE.has(region) || there.some(({ isRead }) => isRead)) continue;
    if (there.some(({ isFailing }) => isFailing)) {
      const message = `Spend in ${region} of ${name}, where the inventory could read nothing. See the account's gaps for why.`;
      rows.push({ ...row, region, why: "notRead", message });
    } else {
      const message = `Spend in ${region} of ${name}, a region that was never scanned. Sync the account, or look whether the region is enabled.`;
      rows.push({ ...row, region, why: "regionNotScanned", message });
    }
  }
  for (const { accounts: told, service, region, amount: spent } of byService) {
    const connected = told.flatMap((id) => account(id).accountId ?? []);
    const why = NOWHERE.has(region) || connected.length === 0 ? null : unseenService(service, region, connected, cells);
    if (!why) continue;
    const only = told.length === 1 ? account(told[0]!) : null;
    const strangers = told.filter((id) => !account(id).accountId && spendsIn(byAccount, id, region));
    rows.push({
      why,
      message: messageOf(
        why,
        { service, region },
        strangers.map((id) => account(id).name),
      ),
      awsAccountId: only?.awsAccountId ?? null,
      accountId: only?.accountId ?? null,
      accountName: only?.name ?? null,
      region,
      service,
      amount: spent,
    });
  }
  return [...unconnected.values(), ...rows]
    .map((row) => ({ ...row, amount: dollars(row.amount) }))
    .filter((row) => amount(row.amount).isPositive() && row.amount !== "0.00")
    .sort((a, b) => amount(b.amount).comparedTo(a.amount));
}

/** Null where something of the service was seen there. */
function unseenService(service: string, region: string, accountIds: string[], cells: SeenCell[]) {
  const types = typesOfService[service];
  if (!types) return "notInventoried";
  const ofService = cells.filter((cell) => types.includes(cell.type) && accountIds.includes(cell.accountId));
  const there = ofService.filter((cell) => cell.region === region);
  if (there.some(({ live }) => live > 0)) return null;
  if (there.some(({ isFailing, isRead }) => isFailing || !isRead)) return "notRead";
  return there.length > 0 ? "noResource" : null; // never scanned: told by account already
}

function spendsIn(byAccount: Spend["byAccount"], awsAccountId: string, region: string): boolean {
  return byAccount.some(
    (row) => row.awsAccountId === awsAccountId && row.region === region && amount(row.amount).isPositive(),
  );
}

/** `strangers` are not connected and spend in the region too: AWS does not tell which service of theirs. */
function messageOf(
  why: "notInventoried" | "notRead" | "noResource",
  { service, region }: { service: string; region: string },
  strangers: string[],
): string {
  switch (why) {
    case "notInventoried":
      return `${service} is not in the inventory: what costs here cannot be listed.`;
    case "notRead":
      return `The inventory could not read what ${service} has in ${region}. See the account's gaps for why.`;
    case "noResource":
      return strangers.length > 0
        ? `The inventory found nothing of ${service} in ${region} of the connected accounts. It may be of ${strangers.join(", ")}, which is not connected, gone since, or of a kind that is not listed.`
        : `The inventory found nothing of ${service} in ${region}. It may be gone since, or of a kind that is not listed.`;
  }
}
