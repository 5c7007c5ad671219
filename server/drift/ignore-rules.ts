import type { z } from "zod";
import type { RoomContext } from "../context";
import { notFound } from "../errors";
import type { DriftScope, IgnoreRuleInput, ignoreScope } from "./filter";
import type { IgnorePreview, IgnoreRuleView } from "./views";

/** The tenant's rules, the latest first, with what each hides now. */
export function listRules(_ctx: RoomContext, _scope: DriftScope): Promise<IgnoreRuleView[]> {
  return Promise.resolve([]);
}

/** What a rule would hide now, before it is saved. */
export function previewRule(_ctx: RoomContext, _scope: z.infer<typeof ignoreScope>): Promise<IgnorePreview> {
  return Promise.resolve({ differences: 0, resources: 0, stacks: 0, examples: [], warning: null });
}

export function createRule(_ctx: RoomContext, _input: IgnoreRuleInput): Promise<{ ruleId: string }> {
  return Promise.reject(notFound("This stack"));
}

export function removeRule(_ctx: RoomContext, _input: { ruleId: string }): Promise<void> {
  return Promise.reject(notFound("This rule"));
}
