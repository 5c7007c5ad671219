import { z } from "zod";

const oneOrMore = z.union([z.string(), z.array(z.string())]);

/** One statement; whatever else it has (Sid, Condition) is kept, so that a role shows the policy that it was given. */
const statement = z.looseObject({
  Effect: z.enum(["Allow", "Deny"]),
  Action: oneOrMore,
  Resource: oneOrMore.optional(),
});

/** A policy document as it comes from outside. */
export const policyShape = z.looseObject({ Statement: z.union([statement, z.array(statement)]) });
