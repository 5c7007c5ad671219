"""Reads the simulated AWS with botocore, which shares no code with the server: what only our own SDK understands shows here.

Usage: independent-client-check.py URL EXTERNAL_ID
The role CloudGuardMonitoringRole must exist in the production account, trusting CloudGuard with that ExternalId and lacking
rds:DescribeDBClusters, and in the payer's. Prints one line per check and exits with the number of those that failed.
"""

import json
import sys
import urllib.request
from datetime import datetime, timedelta, timezone

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

URL, EXTERNAL_ID = sys.argv[1:3]
ACCOUNT, PAYER, REGION = "123456789012", "100000000001", "us-east-1"
CONFIG = Config(retries={"max_attempts": 0}, s3={"addressing_style": "path"})
OWN = {"aws_access_key_id": "AKIACLOUDGUARDDEMO00", "aws_secret_access_key": "cloudguard-demo-secret"}
failures = 0


def check(name, act):
    """Runs one check; what it returns is shown, what it raises is its failure."""
    global failures
    try:
        print("ok  ", name, str(act())[:120])
    except Exception as error:  # every kind of trouble is a failed check
        failures += 1
        print("FAIL", name, type(error).__name__, str(error)[:300])


CLIENTS = {}


def client(service, keys=OWN, region=REGION):
    """One client per service and key: botocore takes long to make one."""
    key = (service, keys["aws_access_key_id"], region)
    if key not in CLIENTS:
        CLIENTS[key] = made(service, keys, region)
    return CLIENTS[key]


def made(service, keys, region):
    return boto3.client(service, endpoint_url=URL, region_name=region, config=CONFIG, **keys)


def assume(account, external_id):
    role = f"arn:aws:iam::{account}:role/CloudGuardMonitoringRole"
    answer = client("sts").assume_role(RoleArn=role, RoleSessionName="check", ExternalId=external_id)["Credentials"]
    return {
        "aws_access_key_id": answer["AccessKeyId"],
        "aws_secret_access_key": answer["SecretAccessKey"],
        "aws_session_token": answer["SessionToken"],
    }


def admin(method, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(URL + path, data, method=method)) as answer:
        return json.load(answer)


def refused(act, code):
    try:
        act()
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error.response["Error"]
        assert error.response["ResponseMetadata"]["RequestId"], "no request id"
        return error.response["Error"]["Message"]
    raise AssertionError(f"answered, and not with {code}")


def equals(found, wanted):
    assert found == wanted, f"{found} instead of {wanted}"
    return found


KEYS = assume(ACCOUNT, EXTERNAL_ID)
TRUTH = next(one for one in admin("GET", "/_sim/truth")["accounts"] if one["account"] == ACCOUNT)
HERE = TRUTH["byRegionAndType"][REGION]


def pages(service, operation, size, **parameters):
    """Follows a paginator in pages of `size` (None: the API has no such parameter) and returns the whole answer."""
    paginator = client(service, KEYS).get_paginator(operation)
    return paginator.paginate(**parameters, PaginationConfig={"PageSize": size} if size else {})


def counted(kind, service, operation, field, size):
    found = sum(len(page[field]) for page in pages(service, operation, size))
    check(f"{service} {operation} in pages of {size}", lambda: equals(found, HERE[kind]))


check("sts own identity", lambda: equals(client("sts").get_caller_identity()["Account"], "999900001111"))
check("sts assumed identity", lambda: equals(client("sts", KEYS).get_caller_identity()["Account"], ACCOUNT))
check("sts wrong ExternalId", lambda: refused(lambda: assume(ACCOUNT, EXTERNAL_ID + "x"), "AccessDenied"))


def instances():
    answer = list(pages("ec2", "describe_instances", 5))
    assert len(answer) > 2, "there was one page only"
    found = [one for page in answer for reservation in page["Reservations"] for one in reservation["Instances"]]
    assert found[0]["LaunchTime"].year >= 2020 and found[0]["State"]["Name"], found[0]
    return equals(len(found), HERE["AWS::EC2::Instance"])


check("ec2 instances in pages of 5", instances)
counted("AWS::EC2::Volume", "ec2", "describe_volumes", "Volumes", 5)
check("ec2 regions", lambda: len(client("ec2", KEYS).describe_regions()["Regions"]))
counted("AWS::RDS::DBInstance", "rds", "describe_db_instances", "DBInstances", 20)
counted("AWS::Lambda::Function", "lambda", "list_functions", "Functions", 3)
counted("AWS::DynamoDB::Table", "dynamodb", "list_tables", "TableNames", 2)
counted("AWS::ElasticLoadBalancingV2::LoadBalancer", "elbv2", "describe_load_balancers", "LoadBalancers", 1)
check("cloudformation stacks", lambda: len([one for page in pages("cloudformation", "list_stacks", None) for one in page["StackSummaries"]]))
check("tagging in pages of 10", lambda: len([one for page in pages("resourcegroupstaggingapi", "get_resources", 10) for one in page["ResourceTagMappingList"]]))

S3 = client("s3", KEYS)
BUCKETS = [one for page in pages("s3", "list_buckets", 2) for one in page["Buckets"]]
check("s3 buckets in pages of 2", lambda: equals(len(BUCKETS), TRUTH["byType"]["AWS::S3::Bucket"]))
check("s3 bucket's region", lambda: [S3.get_bucket_location(Bucket=one["Name"])["LocationConstraint"] for one in BUCKETS[:3]])
check("s3 encryption", lambda: S3.get_bucket_encryption(Bucket=BUCKETS[0]["Name"])["ServerSideEncryptionConfiguration"])
check("s3 no such bucket", lambda: refused(lambda: S3.get_bucket_encryption(Bucket="nobody-has-this"), "NoSuchBucket"))
check("iam role", lambda: client("iam", KEYS).get_role(RoleName="CloudGuardMonitoringRole")["Role"]["AssumeRolePolicyDocument"]["Statement"][0]["Principal"])
ACTIONS = ["ec2:DescribeInstances", "rds:DescribeDBClusters", "s3:ListAllMyBuckets"]


def simulated():
    role = f"arn:aws:iam::{ACCOUNT}:role/CloudGuardMonitoringRole"
    answer = list(pages("iam", "simulate_principal_policy", 1, PolicySourceArn=role, ActionNames=ACTIONS))
    assert len(answer) == 3, f"{len(answer)} pages"
    found = {one["EvalActionName"]: one["EvalDecision"] for page in answer for one in page["EvaluationResults"]}
    return equals(found, {ACTIONS[0]: "allowed", ACTIONS[1]: "explicitDeny", ACTIONS[2]: "allowed"})


check("iam simulation in pages of 1", simulated)
check("iam policies in pages of 1", lambda: len([one for page in pages("iam", "list_role_policies", 1, RoleName="CloudGuardMonitoringRole") for one in page["PolicyNames"]]))
check("iam no such role", lambda: refused(lambda: client("iam", KEYS).get_role(RoleName="Another"), "NoSuchEntity"))


def walked(call, token, **asked):
    """The answers of an API that botocore has no paginator for, by its token."""
    answer = call(**asked)
    yield answer
    while answer.get(token):
        answer = call(**asked, **{token: answer[token]})
        yield answer


def drifts():
    cloudformation, stack = client("cloudformation", KEYS), "web-app-infrastructure"
    contents = [one for page in pages("cloudformation", "list_stack_resources", None, StackName=stack) for one in page["StackResourceSummaries"]]
    asked = [one["LogicalResourceId"] for one in contents if one["ResourceType"] in ("AWS::EC2::SecurityGroup", "AWS::S3::Bucket")]
    for name in asked:
        cloudformation.detect_stack_resource_drift(StackName=stack, LogicalResourceId=name)
    answer = list(walked(cloudformation.describe_stack_resource_drifts, "NextToken", StackName=stack, MaxResults=1))
    assert len(answer) > 1, "there was one page only"
    return equals(sorted(one["LogicalResourceId"] for page in answer for one in page["StackResourceDrifts"]), sorted(asked))


check("cloudformation drifts in pages of 1", drifts)


def cost():
    today = datetime.now(timezone.utc).date()
    period = {"Start": str(today - timedelta(days=150)), "End": str(today)}
    asked = {"TimePeriod": period, "Granularity": "DAILY", "Metrics": ["UnblendedCost"]}
    answer = list(walked(client("ce", assume(PAYER, EXTERNAL_ID)).get_cost_and_usage, "NextPageToken", **asked))
    assert len(answer) > 1, "there was one page only"
    return equals(len({one["TimePeriod"]["Start"] for page in answer for one in page["ResultsByTime"]}), 150)


check("ce 150 days by its page tokens", cost)
check("denied action", lambda: refused(client("rds", KEYS).describe_db_clusters, "AccessDenied"))

for service, operation, code in [
    ("ec2", "describe_volumes", "RequestLimitExceeded"),
    ("rds", "describe_db_instances", "Throttling"),
    ("s3", "list_buckets", "SlowDown"),
    ("lambda", "list_functions", "TooManyRequestsException"),
    ("dynamodb", "list_tables", "ThrottlingException"),
]:
    admin("POST", "/_sim/faults", {"kind": "throttle", "service": service, "times": 1})
    check(f"{service} throttled", lambda: refused(getattr(client(service, KEYS), operation), code))

sys.exit(failures)
