/** Pure: what may be asked of the drift room. */
import { z } from "zod";

const id = z.string().min(1).max(100);
const words = z.array(z.string().min(1).max(100)).max(100);

export const severities = ["CRITICAL", "HIGH", "MEDIUM", "LOW"] as const;
export const verdicts = [
  "DRIFTED",
  "ALL_IGNORED",
  "IN_SYNC",
  "PARTIAL",
  "NOTHING_CHECKABLE",
  "UNVERIFIED",
  "NOT_CHECKED",
] as const;

export const stackFilter = z.strictObject({
  accountIds: words.optional(),
  regions: words.optional(),
  /** `UPDATE_COMPLETE` */
  statuses: words.optional(),
  /** AWS's words: DRIFTED, IN_SYNC, UNKNOWN, NOT_CHECKED */
  driftStatuses: words.optional(),
  verdicts: z.array(z.enum(verdicts)).optional(),
  severities: z.array(z.enum(severities)).optional(),
  /** Any part of a name, id or description. */
  search: z.string().trim().max(200, "Search for at most 200 characters.").optional(),
});

export type StackFilter = z.infer<typeof stackFilter>;

/** `severity`: what is worst first when descending; then by what differs. */
export const stackSortKeys = [
  "name",
  "account",
  "region",
  "status",
  "drift",
  "severity",
  "drifted",
  "detectedAt",
] as const;
export type StackSortKey = (typeof stackSortKeys)[number];

export const stackListInput = z.strictObject({
  filter: stackFilter.prefault({}),
  sort: z.enum(stackSortKeys).default("severity"),
  direction: z.enum(["asc", "desc"]).default("desc"),
  /** Nested stacks under their root, which is listed when it or any of them fits; else every stack for itself. */
  isFolded: z.boolean().default(true),
  cursor: z.string().max(2000).optional(),
  limit: z.number().int().min(1).max(100).default(50),
});

export type StackListInput = z.infer<typeof stackListInput>;

export const scopeInput = z.strictObject({ accountIds: words.optional(), regions: words.optional() });

export type DriftScope = z.infer<typeof scopeInput>;

/** A stack by our id, or by what AWS calls it. */
export const triggerInput = z.union([
  z.strictObject({ stackId: id }),
  z.strictObject({
    awsAccountId: z.string().regex(/^\d{12}$/, "An AWS account number has exactly 12 digits."),
    region: z.string().min(1).max(50),
    stackName: z.string().min(1).max(256),
  }),
]);

export type TriggerInput = z.infer<typeof triggerInput>;

export const triggerManyInput = z.union([
  z.strictObject({ stackIds: z.array(id).min(1, "Choose at least one stack.").max(500, "Choose at most 500 stacks.") }),
  z.strictObject({ accountId: id }),
  z.strictObject({ everything: z.literal(true) }),
]);

export type TriggerManyInput = z.infer<typeof triggerManyInput>;

/** As CloudFormation has them: 255 letters and digits for a logical id; a path of ours may be longer. */
const scopeShape = {
  accountId: id.optional(),
  stackId: id.optional(),
  resourceType: z.string().trim().min(1).max(200).optional(),
  logicalId: z.string().trim().min(1).max(255).optional(),
  propertyPath: z
    .string()
    .trim()
    .max(500, "Use at most 500 characters.")
    .regex(/^\//, "A path begins with a slash: /Tags or /SecurityGroupIngress/0.")
    .optional(),
};
const NOTHING_CHOSEN =
  "Choose an account, a stack, a resource type, a logical id or a path: a rule must not hide everything.";

export const ignoreScope = z.strictObject(scopeShape).refine(isChosen, NOTHING_CHOSEN);

export const ignoreRuleInput = z
  .strictObject({
    ...scopeShape,
    reason: z
      .string()
      .trim()
      .min(3, "Say why, for whoever reads it in a year.")
      .max(500, "Use at most 500 characters."),
    expiresAt: z.date().optional(),
  })
  .refine(({ reason: _reason, expiresAt: _end, ...scope }) => isChosen(scope), NOTHING_CHOSEN);

/** A path that names no member is every path. */
function isChosen({ propertyPath, ...place }: z.infer<z.ZodObject<typeof scopeShape>>): boolean {
  const isNamed = propertyPath?.split("/").some((member) => member !== "" && member !== "*") ?? false;
  return isNamed || Object.values(place).some((value) => value !== undefined);
}

export type IgnoreRuleInput = z.infer<typeof ignoreRuleInput>;

export const scheduleInput = z.strictObject({
  accountId: id,
  frequency: z.enum(["OFF", "DAILY", "WEEKLY"]),
  hour: z.number().int().min(0).max(23).default(3),
  weekday: z.number().int().min(0).max(6).default(1),
});

export type ScheduleInput = z.infer<typeof scheduleInput>;

export const historyInput = z.strictObject({
  stackId: id,
  cursor: z.string().max(200).optional(),
  limit: z.number().int().min(1).max(100).default(20),
});

export const exportInput = z.strictObject({
  detectionId: id,
  format: z.enum(["json", "markdown"]).default("markdown"),
});
