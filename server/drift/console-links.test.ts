import { describe, expect, it } from "vitest";
import { consoleLink } from "./console-links";

const stackId = "arn:aws:cloudformation:eu-west-1:123456789012:stack/web/1";
const link = (type: string, physicalId: string | null, driftStatus = "MODIFIED") =>
  consoleLink({ type, physicalId, driftStatus }, { region: "eu-west-1", stackId });
const home = (service: string) => `https://eu-west-1.console.aws.amazon.com/${service}/home?region=eu-west-1`;

describe("consoleLink", () => {
  it.each([
    ["AWS::EC2::SecurityGroup", "sg-0a", `${home("ec2")}#SecurityGroup:groupId=sg-0a`],
    ["AWS::EC2::Instance", "i-0a", `${home("ec2")}#InstanceDetails:instanceId=i-0a`],
    [
      "AWS::ElasticLoadBalancingV2::LoadBalancer",
      "arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/web/1",
      `${home("ec2")}#LoadBalancer:loadBalancerArn=arn%3Aaws%3Aelasticloadbalancing%3Aeu-west-1%3A1%3Aloadbalancer%2Fapp%2Fweb%2F1`,
    ],
    [
      "AWS::SQS::Queue",
      "https://sqs.eu-west-1.amazonaws.com/1/jobs",
      `${home("sqs/v3")}#/queues/https%3A%2F%2Fsqs.eu-west-1.amazonaws.com%2F1%2Fjobs`,
    ],
    ["AWS::IAM::Role", "web-Role-1", "https://console.aws.amazon.com/iam/home#/roles/details/web-Role-1"],
    [
      "AWS::Logs::LogGroup",
      "/aws/lambda/web",
      `${home("cloudwatch")}#logsV2:log-groups/log-group/$252Faws$252Flambda$252Fweb`,
    ],
  ])("leads to the page of an %s", (type, physicalId, url) => {
    expect(link(type, physicalId)).toEqual({ url, isOwnPage: true });
  });

  const resources = `${home("cloudformation")}#/stacks/resources?stackId=${encodeURIComponent(stackId)}`;
  it.each([
    ["a type without a page that is known", "Custom::DatabaseMigration", "m-1", "UNSUPPORTED"],
    ["what was deleted", "AWS::EC2::SecurityGroup", "sg-0a", "DELETED"],
    ["what was never made", "AWS::EC2::SecurityGroup", null, "UNKNOWN"],
  ])("leads to the stack's resources for %s", (_, type, physicalId, driftStatus) => {
    expect(link(type, physicalId, driftStatus)).toEqual({ url: resources, isOwnPage: false });
  });
});
