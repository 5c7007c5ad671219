import { DEFAULT_ROLE_NAME, rolePolicies } from "./role-policy";

/** Lets `principalArn` in, and only with the ExternalId. */
export function trustPolicy(principalArn: unknown, externalId: unknown) {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "CloudGuardTrust",
        Effect: "Allow",
        Principal: { AWS: principalArn },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "sts:ExternalId": externalId } },
      },
    ],
  };
}

/**
 * The role as a CloudFormation template. The values become the parameters' defaults, so that a downloaded template works
 * as it is; without them it is the general template that lies on S3 for the quick-create link. ExternalId is not NoEcho: it
 * is no secret, and the quick-create link cannot fill in a parameter that is.
 */
export function roleTemplate(defaults: { externalId?: string; principalArn?: string; roleName?: string } = {}) {
  const ownRole = { "Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/${RoleName}" };
  return {
    AWSTemplateFormatVersion: "2010-09-09",
    Description: "Lets CloudGuard read this account's inventory, drift and cost. It can change nothing.",
    Parameters: {
      ExternalId: {
        Type: "String",
        Description: "Issued by CloudGuard for this account.",
        AllowedPattern: "[\\w+=,.@:/-]{2,1224}",
        ...(defaults.externalId && { Default: defaults.externalId }),
      },
      PrincipalArn: {
        Type: "String",
        Description: "Whom the role trusts: CloudGuard's own AWS identity.",
        AllowedPattern: "arn:aws:iam::\\d{12}:(root|role/.+|user/.+)",
        ...(defaults.principalArn && { Default: defaults.principalArn }),
      },
      RoleName: {
        Type: "String",
        Default: defaults.roleName ?? DEFAULT_ROLE_NAME,
        AllowedPattern: "CloudGuard[\\w+=,.@-]{0,54}",
        ConstraintDescription: "The role's name must begin with CloudGuard.",
      },
    },
    Resources: {
      Role: {
        Type: "AWS::IAM::Role",
        Properties: {
          RoleName: { Ref: "RoleName" },
          Description: "Read by CloudGuard",
          MaxSessionDuration: 3600,
          AssumeRolePolicyDocument: trustPolicy({ Ref: "PrincipalArn" }, { Ref: "ExternalId" }),
          Policies: rolePolicies({ ownRole }).map(({ name, document }) => ({
            PolicyName: name,
            PolicyDocument: document,
          })),
        },
      },
    },
    Outputs: {
      RoleArn: { Description: "Paste this into CloudGuard.", Value: { "Fn::GetAtt": ["Role", "Arn"] } },
    },
  };
}
