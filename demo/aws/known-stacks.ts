import type { StackSummary } from "@aws-sdk/client-cloudformation";
import type { Random } from "./random";
import { type StackEntry, stackCatalogue } from "./stack-catalogue";
import { idFrom, stackContents, type StackResource } from "./stack-contents";
import { failingDetections, knownFlaws } from "./stack-flaws";
import type { Region, World } from "./world";

const DAY_MS = 86_400_000;

/** Puts the catalogue's stacks into the world, newest first in each place, as CloudFormation lists them. */
export function placeKnownStacks(accounts: World["accounts"], random: Random, today: Date): void {
  for (const entry of stackCatalogue) {
    const place = accounts.get(entry.account)!.regions.get(entry.region)!;
    const summary = summaryOf(entry, random, today);
    place.stacks.push(summary);
    if (entry.status === "DELETE_COMPLETE") continue;
    const key = `${entry.account}/${entry.region}/${entry.name}`;
    place.stackContents.set(summary.StackId!, [
      ...stackContents(entry.name, entry, knownFlaws[key]),
      ...nestedIn(entry),
    ]);
    if (failingDetections.has(key)) place.failingDetections.add(summary.StackId!);
    place.tags.set(summary.StackId!, {
      Environment: entry.environment,
      Team: entry.team,
      Owner: `${entry.team}@northwind.example`,
    });
  }
  for (const { regions } of accounts.values()) for (const place of regions.values()) sortNewestFirst(place);
}

/** A nested stack is a resource of its parent, by the id of the stack itself. */
function nestedIn({ account, region, name }: StackEntry): StackResource[] {
  return stackCatalogue
    .filter((entry) => entry.parent === name && entry.account === account && entry.region === region)
    .map((entry) => {
      const declared = { TemplateURL: `https://templates.s3.amazonaws.com/${entry.name}.json` };
      // `…-NetworkStack-1A2B3C4D5E6F`
      const logicalId = entry.name.slice(name.length + 1).split("-")[0]!;
      const physicalId = stackIdOf(entry);
      return { logicalId, type: "AWS::CloudFormation::Stack", physicalId, declared, live: declared };
    });
}

function summaryOf(entry: StackEntry, random: Random, today: Date): StackSummary {
  const ago = (days: number) => new Date(today.getTime() - days * DAY_MS + random.int(0, DAY_MS / 1000 - 1) * 1000);
  const isDeleted = entry.status === "DELETE_COMPLETE";
  const age = random.int(100, 700);
  const parent = entry.parent && stackIdOf({ ...entry, name: entry.parent });
  return {
    StackId: stackIdOf(entry),
    StackName: entry.name,
    StackStatus: entry.status,
    StackStatusReason: entry.reason,
    CreationTime: ago(age),
    LastUpdatedTime: entry.status.startsWith("UPDATE") ? ago(random.int(1, 60)) : undefined,
    // AWS forgets a deleted stack after 90 days.
    DeletionTime: isDeleted ? ago(random.int(2, 80)) : undefined,
    TemplateDescription: entry.description,
    ParentId: parent,
    RootId: parent,
    DriftInformation: {
      StackDriftStatus: entry.drift,
      ...(entry.drift !== "NOT_CHECKED" && { LastCheckTimestamp: ago(random.int(1, 30)) }),
    },
  };
}

/** Ids follow from the place and the name, so that a link to a stack survives a new world. */
function stackIdOf({ account, region, name }: Pick<StackEntry, "account" | "region" | "name">): string {
  const hex = idFrom(`${account}/${region}/${name}`) + idFrom(`${name}/${region}/${account}`);
  const uuid = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
  return `arn:aws:cloudformation:${region}:${account}:stack/${name}/${uuid}`;
}

function sortNewestFirst(place: Region): void {
  place.stacks.sort((a, b) => b.CreationTime!.getTime() - a.CreationTime!.getTime());
}
