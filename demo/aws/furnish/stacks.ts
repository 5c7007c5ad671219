import { stackContents } from "../stack-contents";
import type { Flaw } from "../stack-flaws";
import type { Plot } from "./plot";

/** A stack of a made-up place; the demo's own are in the catalogue. */
export function addStack(plot: Plot, at: number): void {
  const { random, place, account, region } = plot;
  const named = plot.title(`stack-${at}`);
  const id = [8, 4, 4, 4, 12].map((length) => random.hex(length)).join("-");
  const StackId = plot.arn("cloudformation", `stack/${named.title}/${id}`);
  const drift = random.pick(["IN_SYNC", "DRIFTED", "NOT_CHECKED"] as const);
  place.stacks.push({
    StackId,
    StackName: named.title,
    StackStatus: random.chance(0.1)
      ? "UPDATE_IN_PROGRESS"
      : random.pick(["CREATE_COMPLETE", "UPDATE_COMPLETE"] as const),
    CreationTime: plot.ago(500),
    TemplateDescription: "Managed by the platform team",
    DriftInformation: {
      StackDriftStatus: drift,
      ...(drift !== "NOT_CHECKED" && { LastCheckTimestamp: plot.ago(30) }),
    },
  });
  const flaws: Flaw[] = drift === "DRIFTED" ? ["suspendedVersioning", "moreMemory"] : [];
  place.stackContents.set(StackId, stackContents(named.title, { account: account.id, region }, flaws));
  plot.remember(StackId, plot.tags(named));
}
