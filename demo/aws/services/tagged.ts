import type { Region, Tags } from "../world";

type Tagged = [arn: string, tags: Tags];
interface Question {
  account: string;
  region: string;
  /** As the caller names them: `s3`, `lambda:function`, `ec2:instance`. None means all. */
  types: string[];
  serial: number;
}

/** What carries tags in `place`, of the types asked for: of every service, whether its own lists tell tags or not. */
export function taggedIn(place: Region, question: Question): Tagged[] {
  const { types, serial } = question;
  const key = types.join(" ");
  // A sweep asks for the same list page after page; it is made anew once the world has changed.
  let known = swept.get(place);
  if (known?.serial !== serial) swept.set(place, (known = { serial, lists: new Map() }));
  let list = known.lists.get(key);
  if (!list) {
    list = all(place, question).filter(
      ([arn, tags]) => Object.keys(tags).length > 0 && (types.length === 0 || types.some((type) => isOf(arn, type))),
    );
    known.lists.set(key, list);
  }
  return list;
}

const swept = new WeakMap<Region, { serial: number; lists: Map<string, Tagged[]> }>();

function all(place: Region, { account, region }: Question): Tagged[] {
  const ec2 = (kind: string, id: string | undefined) => `arn:aws:ec2:${region}:${account}:${kind}/${id}`;
  return [
    ...place.tags,
    ...place.instances.map((it): Tagged => [ec2("instance", it.InstanceId), asMap(it.Tags)]),
    ...place.volumes.map((it): Tagged => [ec2("volume", it.VolumeId), asMap(it.Tags)]),
    ...place.snapshots.map((it): Tagged => [`arn:aws:ec2:${region}::snapshot/${it.SnapshotId}`, asMap(it.Tags)]),
    ...place.addresses.map((it): Tagged => [ec2("elastic-ip", it.AllocationId), asMap(it.Tags)]),
    ...place.natGateways.map((it): Tagged => [ec2("natgateway", it.NatGatewayId), asMap(it.Tags)]),
    ...place.dbInstances.map((it): Tagged => [it.DBInstanceArn!, asMap(it.TagList)]),
    ...place.dbClusters.map((it): Tagged => [it.DBClusterArn!, asMap(it.TagList)]),
  ];
}

function asMap(tags: { Key?: string; Value?: string }[] = []): Tags {
  return Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [Key, Value]));
}

/** Whether `arn` is of a filter's type: `s3` is a service, `lambda:function` a service and the resource's first word. */
function isOf(arn: string, type: string): boolean {
  const [, , service, , , ...rest] = arn.split(":");
  const [wantedService, wantedKind] = type.split(":");
  return service === wantedService && (!wantedKind || rest.join(":").split(/[/:]/)[0] === wantedKind);
}
