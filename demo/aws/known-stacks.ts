import type { StackSummary } from "@aws-sdk/client-cloudformation";
import type { Random } from "./random";
import { type StackEntry, stackCatalogue } from "./stack-catalogue";
import { idFrom, stackContents } from "./stack-contents";
import type { Region, World } from "./world";

const DAY_MS = 86_400_000;

/** Puts the catalogue's stacks into the world, newest first in each place, as CloudFormation lists them. */
export function placeKnownStacks(accounts: World["accounts"], random: Random, today: Date): void {
  for (const entry of stackCatalogue) {
    const place = accounts.get(entry.account)!.regions.get(entry.region)!;
    const summary = summaryOf(entry, random, today);
    place.stacks.push(summary);
    if (entry.status === "DELETE_COMPLETE") continue;
    place.stackContents.set(summary.StackId!, stackContents(entry.name, entry, entry.drift === "DRIFTED"));
    place.tags.set(summary.StackId!, {
      Environment: entry.environment,
      Team: entry.team,
      Owner: `${entry.team}@northwind.example`,
    });
  }
  for (const { regions } of accounts.values()) for (const place of regions.values()) sortNewestFirst(place);
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
