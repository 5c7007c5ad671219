import { z } from "zod";
import { accountName, awsAccountId, regionName } from "../accounts/account-fields";
import { account, connectedAccount, presentAccount, presentConnected } from "./account-shapes";
import { time } from "./completeness";
import { defineEndpoint } from "./endpoint";
import { exampleAccount, exampleConnected, exampleExternalId, exampleTrustPolicy } from "./account-examples";

const byId = z.object({
  id: z
    .string()
    .regex(/^[\w-]{1,100}$/, "This is not an id. Take it from GET /api/aws-accounts.")
    .meta({ description: "The `id` of the account in CloudGuard." }),
});
const { id, accountId, roleArn } = exampleConnected;

export const issueExternalId = defineEndpoint({
  method: "POST",
  path: "/api/aws-accounts/external-id",
  id: "issueExternalId",
  group: "Accounts",
  summary: "Issue an ExternalId to connect an account with",
  description:
    "The first step of connecting. CloudGuard issues the ExternalId, random and for one account, so that nobody can choose one and have CloudGuard use a role that was made for somebody else (the confused deputy). Put it into the trust policy of the account's role, then call `POST /api/connect-aws`. Admins only, in an organisation.",
  body: z.object({
    accountId: awsAccountId.meta({ description: "The AWS account number, twelve digits." }),
    name: accountName.optional().meta({ description: "What people call it." }),
    region: regionName.optional().meta({ description: "Its home region; us-east-1 by default." }),
  }),
  status: 201,
  data: z.object({
    externalId: z.string(),
    accountId: z.string(),
    principalArn: z.string().meta({ description: "Whom the role has to trust." }),
    roleName: z.string().meta({ description: "The name that the trust policy's role should have." }),
    roleArn: z.string().meta({ description: "What to send to `POST /api/connect-aws` if it has that name." }),
    trustPolicy: z.record(z.string(), z.unknown()).meta({ description: "The role's trust policy, whole." }),
    policies: z.array(z.object({ name: z.string(), document: z.record(z.string(), z.unknown()) })).meta({
      description: "What the role should be allowed to do, by feature.",
    }),
  }),
  errors: ["CONFLICT"],
  fieldNames: { awsAccountId: "accountId" },
  example: {
    body: { accountId, name: "Production Account", region: "us-east-1" },
    data: {
      externalId: exampleExternalId,
      accountId,
      principalArn: "arn:aws:iam::999900001111:root",
      roleName: "CloudGuardMonitoringRole",
      roleArn,
      trustPolicy: exampleTrustPolicy,
      policies: [],
    },
  },
  async call(api, { body: { accountId, name = `AWS account ${accountId}`, region = "us-east-1" } }) {
    const { externalIdId } = await api.accounts.begin({ awsAccountId: accountId, name, region });
    const { externalId, principalArn, roleName, suggestedRoleArn, trustPolicy, policies } = await api.accounts.rolePack(
      { externalIdId },
    );
    return {
      ...{ externalId, accountId, principalArn, roleName, roleArn: suggestedRoleArn },
      trustPolicy: parsed(trustPolicy),
      policies: policies.map(({ name, document }) => ({ name, document: parsed(document) })),
    };
  },
});

export const connectAws = defineEndpoint({
  method: "POST",
  path: "/api/connect-aws",
  id: "connectAws",
  group: "Accounts",
  summary: "Connect an AWS account",
  description:
    "Checks the role and connects the account; its first sync begins at once. `externalId` must be one that `POST /api/aws-accounts/external-id` issued to you for this account. A role that works without it, or with another, is refused. Admins only, in an organisation.",
  body: z.object({
    accountId: awsAccountId.meta({ description: "The AWS account number, twelve digits." }),
    roleArn: z.string().max(2100).meta({ description: "The role's ARN." }),
    externalId: z.string().min(1).max(1224).meta({ description: "As issued, and as in the role's trust policy." }),
    name: accountName.optional().meta({ description: "By default the one given when the ExternalId was issued." }),
    region: regionName.optional().meta({ description: "By default the one given when the ExternalId was issued." }),
  }),
  status: 201,
  data: connectedAccount,
  message: "AWS account connected successfully",
  errors: ["CONFLICT", "BAD_GATEWAY"],
  fieldNames: { awsAccountId: "accountId" },
  example: {
    body: { accountId, roleArn, externalId: exampleExternalId, name: "Production Account", region: "us-east-1" },
    data: exampleConnected,
  },
  call: async (api, { body: { accountId, ...rest } }) =>
    presentConnected(await api.accounts.connectWithExternalId({ awsAccountId: accountId, ...rest })),
});

export const listAccounts = defineEndpoint({
  method: "GET",
  path: "/api/aws-accounts",
  id: "listAccounts",
  group: "Accounts",
  summary: "List connected AWS accounts",
  description: "All of them, by name.",
  status: 200,
  data: z.object({ accounts: z.array(account) }),
  example: { data: { accounts: [exampleAccount] } },
  call: async (api) => ({ accounts: (await api.accounts.list()).map(presentAccount) }),
});

export const getAccount = defineEndpoint({
  method: "GET",
  path: "/api/aws-accounts/{id}",
  id: "getAccount",
  group: "Accounts",
  summary: "Get one AWS account",
  params: byId,
  status: 200,
  data: account,
  errors: ["NOT_FOUND"],
  example: { params: { id }, data: exampleAccount },
  call: async (api, { params }) => presentAccount(await api.accounts.byId({ accountId: params.id })),
});

export const deleteAccount = defineEndpoint({
  method: "DELETE",
  path: "/api/aws-accounts/{id}",
  id: "deleteAccount",
  group: "Accounts",
  summary: "Remove an AWS account",
  description:
    "Disconnects the account and deletes everything that was read from it, at once and for good. Answers with what was deleted. The role in the AWS account stays: delete it there. Admins only, in an organisation.",
  params: byId,
  status: 200,
  data: z.object({
    id: z.string(),
    accountId: z.string(),
    name: z.string(),
    deletedAt: time,
    deleted: z.record(z.string(), z.int()).meta({ description: "How many rows of each kind were deleted." }),
    credentialsDropped: z.boolean(),
    externalIdRetired: z.boolean().meta({ description: "It is never accepted again." }),
  }),
  message: "AWS account disconnected; everything read from it is deleted",
  errors: ["NOT_FOUND"],
  example: {
    params: { id },
    data: {
      id,
      accountId,
      name: "Production Account",
      deletedAt: "2024-03-01T09:00:00.000Z",
      deleted: { resources: 147, scanCells: 190, syncRuns: 12, detections: 9, costRows: 2480 },
      credentialsDropped: true,
      externalIdRetired: true,
    },
  },
  async call(api, { params }) {
    // A person types the account number to confirm; a program has named the account by its id.
    const { awsAccountId: confirm } = await api.accounts.disconnectPreview({ accountId: params.id });
    const { deletedAt, deleted, name, credentialsDropped, externalIdRetired } = await api.accounts.disconnect({
      accountId: params.id,
      confirm,
    });
    return {
      ...{ id: params.id, accountId: confirm, name, deletedAt: deletedAt.toISOString() },
      ...{ deleted: { ...deleted }, credentialsDropped, externalIdRetired },
    };
  },
});

/** Documents that the room writes as text for people to paste. */
const parsed = (document: string) => JSON.parse(document) as Record<string, unknown>;
