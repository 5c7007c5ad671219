import type { Tag } from "@aws-sdk/client-ec2";
import { services, shortOf, tagsFor } from "../names";
import type { Random } from "../random";
import type { Region, SimulatedAccount, Tags } from "../world";

const DAY_MS = 86_400_000;

export interface PlotOptions {
  account: SimulatedAccount;
  region: string;
  random: Random;
  environment: string;
  /** 00:00 UTC of the world's day: ages count from here. */
  today: Date;
}

/** One region of one account while it is being furnished, and what every kind of resource needs to be made there. */
export class Plot {
  readonly account: SimulatedAccount;
  readonly region: string;
  readonly random: Random;
  readonly place: Region;
  private readonly environment: string;
  private readonly today: Date;

  constructor({ account, region, random, environment, today }: PlotOptions) {
    this.account = account;
    this.region = region;
    this.random = random;
    this.environment = environment;
    this.today = today;
    this.place = account.regions.get(region)!;
  }

  /** A moment within the last `days` days, never on the world's own day, so that nothing lies in the future. */
  ago(days: number): Date {
    const { random, today } = this;
    return new Date(today.getTime() - random.int(1, days) * DAY_MS + random.int(0, DAY_MS / 1000 - 1) * 1000);
  }

  /** `prod-orders-worker`, and whose it is. */
  title(suffix: string): { title: string; service: string } {
    const service = this.random.pick(services);
    return { title: `${shortOf(this.environment)}-${service}-${suffix}`, service };
  }

  /** One in eight of what is tagged at all was made by one of the region's stacks, and AWS says so in a tag. */
  tags({ title, service }: { title: string; service: string }): Tags {
    const { random, environment, place } = this;
    const tags = tagsFor(random, { title, service, environment });
    if (place.stacks.length === 0 || !random.chance(0.125)) return tags;
    const { StackName, StackId, StackStatus } = random.pick(place.stacks);
    if (StackStatus === "DELETE_COMPLETE") return tags;
    return { ...tags, "aws:cloudformation:stack-name": StackName!, "aws:cloudformation:stack-id": StackId! };
  }

  tagList(named: { title: string; service: string }): Tag[] {
    return Object.entries(this.tags(named)).map(([Key, Value]) => ({ Key, Value }));
  }

  /** Keeps the tags of a resource whose own list call leaves them out. */
  remember(arn: string, tags: Tags): void {
    if (Object.keys(tags).length > 0) this.place.tags.set(arn, tags);
  }

  arn(service: string, resource: string): string {
    return `arn:aws:${service}:${this.region}:${this.account.id}:${resource}`;
  }

  zone(): string {
    return `${this.region}${this.random.pick(["a", "b", "c"])}`;
  }
}
