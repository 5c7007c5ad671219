import type { IpPermission, SecurityGroup } from "@aws-sdk/client-ec2";
import type { Region } from "../world";

interface DeclaredRule {
  IpProtocol: string;
  FromPort: number;
  ToPort: number;
  CidrIp: string;
}

/** The security groups that stacks made, as they are now: what a drifted stack's group was opened to shows here too. */
export function securityGroupsOf(place: Region, account: string): SecurityGroup[] {
  return [...place.stackContents.values()]
    .flat()
    .flatMap(({ type, physicalId, logicalId, live }) =>
      type === "AWS::EC2::SecurityGroup" && live ? [{ physicalId, logicalId, live }] : [],
    )
    .map(({ physicalId, logicalId, live }) => ({
      GroupId: physicalId,
      GroupName: logicalId,
      OwnerId: account,
      Description: String(live.GroupDescription),
      // stackContents writes the rules of a group in this shape.
      IpPermissions: (live.SecurityGroupIngress as DeclaredRule[]).map(permission),
    }));
}

function permission({ CidrIp, ...rule }: DeclaredRule): IpPermission {
  return { ...rule, IpRanges: [{ CidrIp }] };
}
