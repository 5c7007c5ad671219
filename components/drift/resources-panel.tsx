"use client";
import { ChevronRight } from "lucide-react";
import { useQueryState } from "nuqs";
import { plural } from "@/components/ui/figure-text";
import { Panel } from "@/components/ui/panel";
import { Status } from "@/components/ui/status";
import type { DetectionDetail, PropertyDrift, ResourceDrift } from "@/server/drift/views";
import { detectionParams } from "./detection-params";
import { groupResources, type ResourceGroup } from "./resource-groups";
import { ResourceItem } from "./resource-item";

interface ResourcesPanelProps {
  detection: DetectionDetail;
  onIgnore?(resource: ResourceDrift, difference: PropertyDrift | null): void;
}

/** A detection's resources, grouped by what became of them; the worst one is open from the start. */
export function ResourcesPanel({ detection, onIgnore }: ResourcesPanelProps) {
  const [chosen, setChosen] = useQueryState("open", detectionParams.open);
  const groups = groupResources(detection.resources);
  // They come worst first.
  const worst = detection.resources.find(({ severity }) => severity !== null);
  const open = chosen ?? (worst ? [worst.logicalId] : []);
  const toggle = (logicalId: string) =>
    void setChosen(open.includes(logicalId) ? open.filter((other) => other !== logicalId) : [...open, logicalId]);
  const items = (group: ResourceGroup) => (
    <ul className="divide-y">
      {group.resources.map((resource) => (
        <ResourceItem
          key={resource.logicalId}
          resource={resource}
          isOpen={open.includes(resource.logicalId)}
          onToggle={() => toggle(resource.logicalId)}
          onIgnore={onIgnore && ((difference) => onIgnore(resource, difference))}
        />
      ))}
    </ul>
  );
  return (
    <Panel title="Resources" note={plural(detection.resources.length, "resource")} className="[&>*+*]:border-t-0">
      <div className="divide-y">
        {groups.map((group) =>
          group.isQuiet ? (
            <details
              key={group.key}
              className="group"
              open={group.resources.some(({ logicalId }) => chosen?.includes(logicalId))}
            >
              <summary className="flex min-h-10 list-none items-center gap-3 px-4 text-sm -outline-offset-2 hover:bg-hover">
                <ChevronRight
                  className="size-4 shrink-0 text-faint transition-transform group-open:rotate-90"
                  aria-hidden
                />
                <GroupTitle group={group} />
              </summary>
              <div className="border-t">{items(group)}</div>
            </details>
          ) : (
            <section key={group.key} aria-label={group.title}>
              <header className="flex min-h-9 items-center gap-3 bg-inset/60 px-4 text-sm">
                <GroupTitle group={group} />
              </header>
              {items(group)}
            </section>
          ),
        )}
      </div>
      {groups.length === 0 && (
        <p className="px-4 py-3 text-sm text-muted">
          {detection.coverage ? "The stack had no resources." : detection.sentence}
        </p>
      )}
    </Panel>
  );
}

function GroupTitle({ group: { title, tone, note, resources } }: { group: ResourceGroup }) {
  return (
    <>
      <h3>
        <Status tone={tone}>{title}</Status>
      </h3>
      <span className="text-muted figures">{resources.length}</span>
      <span className="min-w-0 truncate text-xs text-muted max-md:hidden">{note}</span>
    </>
  );
}
