import type { Tag } from "@aws-sdk/client-ec2";
import { listedTypes } from "./furnish";
import type { Region, Tags, World } from "./world";

export interface Mutation {
  account: string;
  region: string;
  /** `AWS::EC2::Instance` */
  type: string;
  /** An id as AWS identifies the type: instance id, function name, load balancer ARN, stack id, bucket name. */
  nativeId: string;
  /** `terminate` leaves an instance in the list, as AWS does for an hour; `delete` takes anything out. */
  action: "terminate" | "delete" | "tag" | "copy";
  /** The whole new set for `tag`. */
  tags?: Tags;
}

type List = keyof typeof listedTypes;

const idMembers: Record<List, string> = {
  instances: "InstanceId",
  volumes: "VolumeId",
  snapshots: "SnapshotId",
  addresses: "AllocationId",
  natGateways: "NatGatewayId",
  functions: "FunctionName",
  dbInstances: "DBInstanceIdentifier",
  dbClusters: "DBClusterIdentifier",
  tables: "TableName",
  loadBalancers: "LoadBalancerArn",
  stacks: "StackId",
};
/** Where a type's own list call tells no tags, they lie in the region's map by ARN, which is this member. */
const arnMembers: Partial<Record<List, string>> = {
  functions: "FunctionArn",
  tables: "TableArn",
  loadBalancers: "LoadBalancerArn",
  stacks: "StackId",
};

/**
 * Changes one resource, so that a later truth differs. `copy` adds another like it under an id of its own. Throws where
 * there is no such resource. Arrays are replaced and never changed in place: indexes hang on them.
 */
export function mutate(world: World, mutation: Mutation): void {
  const { account, region, type, nativeId } = mutation;
  const owner = world.accounts.get(account);
  const place = owner?.regions.get(region);
  if (!owner || !place) throw new Error(`There is no ${region} in account ${account}.`);
  if (type === "AWS::S3::Bucket") {
    const arn = `arn:aws:s3:::${nativeId}`;
    const bucket = owner.buckets.find((one) => one.name === nativeId);
    if (!bucket) throw missing(mutation);
    if (mutation.action === "tag") place.tags.set(arn, mutation.tags ?? {});
    else owner.buckets = changed(owner.buckets, bucket, mutation, () => ({ ...bucket, name: `${bucket.name}-copy` }));
  } else {
    const list = (Object.keys(listedTypes) as List[]).find((key) => listedTypes[key] === type);
    if (!list) throw new Error(`${type} is not simulated.`);
    mutateListed(place, list, mutation);
  }
  world.serial += 1;
}

function mutateListed(place: Region, list: List, mutation: Mutation): void {
  // Each list holds its own type; what is done here is the same for all of them.
  const lists = place as unknown as Record<List, Record<string, unknown>[]>;
  const idMember = idMembers[list];
  const record = lists[list].find((one) => one[idMember] === mutation.nativeId);
  if (!record) throw missing(mutation);
  const replace = (changes: object) =>
    (lists[list] = lists[list].map((one) => (one === record ? { ...one, ...changes } : one)));

  if (mutation.action === "terminate") replace({ State: { Code: 48, Name: "terminated" } });
  else if (mutation.action === "tag") {
    const arnMember = arnMembers[list];
    if (arnMember) place.tags.set(String(record[arnMember]), mutation.tags ?? {});
    else replace({ [list.startsWith("db") ? "TagList" : "Tags"]: tagList(mutation.tags ?? {}) });
  } else {
    const copy = () => {
      const members = [
        idMember,
        arnMembers[list],
        list.startsWith("db") ? idMember.replace("Identifier", "Arn") : undefined,
      ];
      const ids = members.flatMap((member) => (member ? [[member, `${String(record[member])}c`] as const] : []));
      return { ...record, ...Object.fromEntries(ids) };
    };
    lists[list] = changed(lists[list], record, mutation, copy);
  }
}

function changed<T>(list: readonly T[], item: T, { action }: Mutation, copy: () => T): T[] {
  return action === "copy" ? [...list, copy()] : list.filter((one) => one !== item);
}

function tagList(tags: Tags): Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

function missing({ account, region, type, nativeId }: Mutation): Error {
  return new Error(`There is no ${type} ${nativeId} in ${region} of account ${account}.`);
}
