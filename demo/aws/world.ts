import type { StackSummary } from "@aws-sdk/client-cloudformation";
import type { TableDescription } from "@aws-sdk/client-dynamodb";
import type { Address, Instance, NatGateway, Snapshot, Volume } from "@aws-sdk/client-ec2";
import type { LoadBalancer } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import type { DBCluster, DBInstance } from "@aws-sdk/client-rds";
import type { Charge } from "./costs";
import { furnish } from "./furnish";
import { placeKnownStacks } from "./known-stacks";
import { seeded } from "./random";
import type { StackResource } from "./stack-contents";

export type Tags = Record<string, string>;

/** What lies in one region of one account, as AWS describes it. `tags` holds those that only the tag sweep tells, by ARN. */
export interface Region {
  instances: Instance[];
  volumes: Volume[];
  snapshots: Snapshot[];
  addresses: Address[];
  natGateways: NatGateway[];
  functions: FunctionConfiguration[];
  dbInstances: DBInstance[];
  dbClusters: DBCluster[];
  tables: TableDescription[];
  loadBalancers: LoadBalancer[];
  stacks: StackSummary[];
  /** What a stack holds, by stack id; of a deleted one nothing is known. */
  stackContents: Map<string, StackResource[]>;
  /** Ids of stacks whose detections AWS gives up half-way. */
  failingDetections: Set<string>;
  tags: Map<string, Tags>;
}

export interface SimulatedBucket {
  name: string;
  region: string;
  created: Date;
  encryption: "AES256" | "aws:kms";
  isPublicAccessBlocked: boolean;
  expiresAfterDays: number | null;
}

export interface SimulatedAccount {
  id: string;
  name: string;
  enabledRegions: string[];
  buckets: SimulatedBucket[];
  regions: Map<string, Region>;
}

export interface World {
  /** Goes up with every mutation. */
  serial: number;
  /** 00:00 UTC of the day that ages count from. */
  today: Date;
  /** Days that Cost Explorer has moved on since. */
  daysPassed: number;
  seed: number;
  /** The account that is billed for all. */
  payer: string;
  /** Billed besides what usage, the payer's reservation and its credits come to. */
  charges?: Charge[];
  accounts: Map<string, SimulatedAccount>;
  /** Where the token buckets are small. */
  throttledRegion: string | null;
}

/** The seventeen regions that every account has enabled. */
export const defaultRegions = [
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ca-central-1",
  "eu-central-1",
  "eu-north-1",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "sa-east-1",
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
];

/** Regions since 2019 are closed until an account opts in; the demo's accounts have not. */
export const optInRegions = [
  "af-south-1",
  "ap-east-1",
  "ap-south-2",
  "ap-southeast-3",
  "ap-southeast-4",
  "ca-west-1",
  "eu-central-2",
  "eu-south-1",
  "eu-south-2",
  "il-central-1",
  "me-central-1",
  "me-south-1",
];

const regionsInUse = ["us-east-1", "eu-west-1", "us-west-2", "eu-central-1", "ap-southeast-2", "ap-south-1"];

const organisation = [
  { id: "100000000001", name: "Northwind payer", size: 40, environment: "shared" },
  { id: "123456789012", name: "Northwind production", size: 620, environment: "production" },
  { id: "200000000002", name: "Northwind staging", size: 360, environment: "staging" },
  { id: "300000000003", name: "Northwind data", size: 310, environment: "production" },
  { id: "400000000004", name: "Northwind sandbox", size: 170, environment: "sandbox" },
];

/** AWS gives back more than staging spends on a day: a day below zero, as a look at the month must show it. */
const refund = (today: Date): Charge => ({
  account: "200000000002",
  service: "Amazon Relational Database Service",
  region: "us-east-1",
  recordType: "Refund",
  day: new Date(today.getTime() - 9 * 86_400_000).toISOString().slice(0, 10),
  amount: -28_640_500_000_000n,
  days: 1,
});

/**
 * An organisation that a platform engineer would recognise: a payer and four members, some 1,500 resources, 25 stacks. Ages
 * count from `firstDay`: a world that began days ago has the same resources, launched when they were, and dearer bills.
 */
export function demoWorld(seed = 1, now = new Date(), firstDay = now): World {
  const today = dayOf(firstDay);
  const accounts = new Map(organisation.map(({ id, name }) => [id, emptyAccount(id, name, defaultRegions)]));
  // Stacks first: what they made carries their names in its tags.
  placeKnownStacks(accounts, seeded(seed), today);
  organisation.forEach(({ id, size, environment }, index) => {
    const random = seeded(seed * 1000 + index);
    regionsInUse.forEach((region, at) => {
      // The home region holds half of everything, the others what is left.
      const share = at === 0 ? 0.5 : 0.5 / (regionsInUse.length - 1);
      furnish({
        account: accounts.get(id)!,
        region,
        count: Math.round(size * share),
        stacks: 0,
        random,
        environment,
        today,
      });
    });
  });
  return {
    serial: 0,
    today,
    daysPassed: Math.max(0, Math.round((dayOf(now).getTime() - today.getTime()) / 86_400_000)),
    seed,
    payer: organisation[0]!.id,
    charges: [refund(today)],
    accounts,
    throttledRegion: "ap-south-1",
  };
}

interface Size {
  seed?: number;
  accounts: number;
  /** How many of the seventeen. */
  regions?: number;
  /** Of all accounts together, spread evenly; a world comes within a few percent of it. */
  resources: number;
  /** Of all accounts together; by default as many as the resources suggest. */
  stacks?: number;
}

/** A world of any size, for benchmarks. Its day is fixed, so that two runs measure the same. */
export function sizedWorld({ seed = 1, accounts, regions = defaultRegions.length, resources, stacks }: Size): World {
  const random = seeded(seed);
  // Every account has us-east-1, and is asked there where it asks no region.
  const others = defaultRegions.filter((region) => region !== "us-east-1").slice(0, regions - 1);
  const used = defaultRegions.filter((region) => region === "us-east-1" || others.includes(region));
  const today = new Date("2026-11-24T00:00:00Z");
  const count = resources / accounts / used.length;
  const ofStacks = stacks === undefined ? {} : { stacks: Math.ceil(stacks / accounts / used.length) };
  const made = Array.from({ length: accounts }, (_, at) =>
    emptyAccount(String(500000000000 + at), `Account ${at}`, used),
  );
  for (const account of made) {
    for (const region of used)
      furnish({ account, region, count, ...ofStacks, random, environment: "production", today });
  }
  const byId = new Map(made.map((account) => [account.id, account]));
  return {
    serial: 0,
    today,
    daysPassed: 0,
    seed,
    payer: made[0]!.id,
    accounts: byId,
    throttledRegion: null,
  };
}

const dayOf = (moment: Date) => new Date(moment.toISOString().slice(0, 10));

function emptyAccount(id: string, name: string, enabledRegions: string[]): SimulatedAccount {
  return {
    id,
    name,
    enabledRegions,
    buckets: [],
    regions: new Map(enabledRegions.map((region) => [region, emptyRegion()])),
  };
}

function emptyRegion(): Region {
  return {
    instances: [],
    volumes: [],
    snapshots: [],
    addresses: [],
    natGateways: [],
    functions: [],
    dbInstances: [],
    dbClusters: [],
    tables: [],
    loadBalancers: [],
    stacks: [],
    stackContents: new Map(),
    failingDetections: new Set(),
    tags: new Map(),
  };
}
