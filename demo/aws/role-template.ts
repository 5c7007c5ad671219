import { z } from "zod";
import { policyShape } from "./policy-shape";
import type { PolicyDocument } from "./policies";

/** What a stack made from a role's template will create. */
export interface PlannedRole {
  account: string;
  roleName: string;
  principal: string;
  externalId?: string;
  policies: { name: string; document: PolicyDocument }[];
}

/**
 * Reads the one role that a CloudFormation template declares, with `parameters` filled in. Pure. Knows what such templates
 * use: Ref, Fn::Sub and the parameters' defaults. Throws a sentence that says what is missing.
 */
export function roleFromTemplate(
  template: unknown,
  { account, parameters }: { account: string; parameters: Record<string, string> },
): PlannedRole {
  const { Parameters, Resources } = templateShape.parse(template);
  const values: Record<string, string> = { "AWS::AccountId": account, "AWS::Partition": "aws" };
  for (const [name, { Default, AllowedPattern, ConstraintDescription }] of Object.entries(Parameters)) {
    const value = parameters[name] || Default;
    if (value === undefined) throw new TemplateError(`The parameter ${name} has no value.`);
    if (AllowedPattern !== undefined && !new RegExp(`^(?:${AllowedPattern})$`).test(value))
      throw new TemplateError(
        ConstraintDescription ?? `The parameter ${name} must match the pattern ${AllowedPattern}.`,
      );
    values[name] = value;
  }
  const role = Object.values(Resources).find(({ Type }) => Type === "AWS::IAM::Role");
  if (!role) throw new TemplateError("The template declares no AWS::IAM::Role.");
  const { RoleName, AssumeRolePolicyDocument, Policies } = roleShape.parse(resolved(role.Properties, values));
  const [{ Principal, Condition }] = AssumeRolePolicyDocument.Statement;
  const externalId = Condition?.StringEquals["sts:ExternalId"];
  return {
    account,
    roleName: RoleName,
    principal: Principal.AWS,
    ...(externalId !== undefined && { externalId }),
    policies: Policies.map(({ PolicyName, PolicyDocument }) => ({ name: PolicyName, document: PolicyDocument })),
  };
}

/** The template, or what it is to be filled with, is not fit; the message is for the person. */
export class TemplateError extends Error {}

/** `value` with every reference in it replaced by what it refers to. */
function resolved(value: unknown, values: Record<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => resolved(item, values));
  if (typeof value !== "object" || value === null) return value;
  const { Ref, "Fn::Sub": sub } = value as { Ref?: unknown; "Fn::Sub"?: unknown };
  if (typeof Ref === "string") return valueOf(Ref, values);
  if (typeof sub === "string")
    return sub.replace(/\$\{([\w:]+)\}/g, (_reference, name: string) => valueOf(name, values));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolved(item, values)]));
}

function valueOf(name: string, values: Record<string, string>): string {
  const value = values[name];
  if (value === undefined) throw new TemplateError(`The template refers to ${name}, which is no parameter of it.`);
  return value;
}

const parameterShape = z.looseObject({
  Default: z.string().optional(),
  AllowedPattern: z.string().optional(),
  ConstraintDescription: z.string().optional(),
});

const templateShape = z.looseObject({
  Parameters: z.record(z.string(), parameterShape).default({}),
  Resources: z.record(z.string(), z.looseObject({ Type: z.string(), Properties: z.unknown() })),
});

const trustStatement = z.looseObject({
  Principal: z.looseObject({ AWS: z.string() }),
  Condition: z.looseObject({ StringEquals: z.looseObject({ "sts:ExternalId": z.string().optional() }) }).optional(),
});

const roleShape = z.looseObject({
  RoleName: z.string(),
  AssumeRolePolicyDocument: z.looseObject({ Statement: z.tuple([trustStatement]) }),
  Policies: z.array(z.looseObject({ PolicyName: z.string(), PolicyDocument: policyShape })).default([]),
});
