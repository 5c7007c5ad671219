/** Where the AWS console shows a resource of a stack. */
import { collectorOf } from "../aws/collectors/index";

export interface ConsoleLink {
  url: string;
  /** False: there is no page of the resource's own, and the link leads to the stack's resources. */
  isOwnPage: boolean;
}

/** The page of a resource that is there; of any other the stack's list of resources, which has its events and its status. */
export function consoleLink(
  { type, physicalId, driftStatus }: { type: string; physicalId: string | null; driftStatus: string },
  { region, stackId }: { region: string; stackId: string },
): ConsoleLink {
  const url = physicalId && driftStatus !== "DELETED" ? pageOf(type, physicalId, region) : null;
  if (url) return { url, isOwnPage: true };
  return { url: regional("cloudformation", "#/stacks/resources?stackId=")(stackId, region), isOwnPage: false };
}

function pageOf(type: string, physicalId: string, region: string): string | null {
  // CloudFormation's physical id is the ARN, the URL or the name, type by type.
  const arn = physicalId.startsWith("arn:") ? physicalId : null;
  return (
    collectorOf(type)?.consoleUrl({ nativeId: physicalId, arn, region }) ?? pages[type]?.(physicalId, region) ?? null
  );
}

type Page = (physicalId: string, region: string) => string;

/** What CloudGuard does not collect and stacks often hold. */
const pages: Record<string, Page> = {
  "AWS::ApiGateway::RestApi": regional("apigateway", "#/apis/"),
  "AWS::AutoScaling::AutoScalingGroup": regional("ec2", "#AutoScalingGroupDetails:id="),
  "AWS::CloudFront::Distribution": global("cloudfront/v4", "#/distributions/"),
  "AWS::CloudWatch::Alarm": regional("cloudwatch", "#alarmsV2:alarm/"),
  "AWS::EC2::InternetGateway": regional("vpcconsole", "#InternetGateway:internetGatewayId="),
  "AWS::EC2::RouteTable": regional("vpcconsole", "#RouteTableDetails:RouteTableId="),
  "AWS::EC2::SecurityGroup": regional("ec2", "#SecurityGroup:groupId="),
  "AWS::EC2::Subnet": regional("vpcconsole", "#SubnetDetails:subnetId="),
  "AWS::EC2::VPC": regional("vpcconsole", "#VpcDetails:VpcId="),
  "AWS::IAM::ManagedPolicy": global("iam", "#/policies/details/"),
  "AWS::IAM::Role": global("iam", "#/roles/details/"),
  "AWS::IAM::User": global("iam", "#/users/details/"),
  "AWS::KMS::Key": regional("kms", "#/kms/keys/"),
  // The console's own way of writing a slash here: encoded twice, with a dollar for the percent sign.
  "AWS::Logs::LogGroup": (name, region) =>
    regional("cloudwatch", "#logsV2:log-groups/log-group/")(encodeURIComponent(name), region).replaceAll("%25", "$25"),
  "AWS::SNS::Topic": regional("sns/v3", "#/topic/"),
  "AWS::SQS::Queue": regional("sqs/v3", "#/queues/"),
  "AWS::StepFunctions::StateMachine": regional("states", "#/statemachines/view/"),
};

function regional(service: string, place: string): Page {
  return (id, region) =>
    `https://${region}.console.aws.amazon.com/${service}/home?region=${region}${place}${encodeURIComponent(id)}`;
}

function global(service: string, place: string): Page {
  return (id) => `https://console.aws.amazon.com/${service}/home${place}${encodeURIComponent(id)}`;
}
