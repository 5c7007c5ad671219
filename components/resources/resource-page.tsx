"use client";
import { ExternalLink, GitCompareArrows } from "lucide-react";
import Link from "next/link";
import { PausedNotice } from "@/components/accounts/paused-notice";
import { readError } from "@/components/app-error";
import { stackHref } from "@/components/drift/stack-params";
import { trpc } from "@/components/trpc";
import { buttonStyle } from "@/components/ui/button";
import { Copyable } from "@/components/ui/copyable";
import { ErrorState } from "@/components/ui/error-state";
import { FactList } from "@/components/ui/fact-list";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import { StaleNotice } from "@/components/ui/stale-notice";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { Tree } from "@/components/ui/tree";
import type { RouterOutputs } from "@/server/routers";
import { readFacts } from "./fact-words";
import { resourcesHref } from "./list-params";
import { regionName } from "./region-name";
import { ResourceSkeleton } from "./resource-skeleton";
import { ResourceTags } from "./resource-tags";

type Resource = RouterOutputs["resources"]["byId"];

/** Everything that is known of one resource. */
export function ResourcePage({ resourceId }: { resourceId: string }) {
  const query = trpc.resources.byId.useQuery({ resourceId });
  const { data: resource, error } = query;
  if (!resource)
    return error ? (
      <ErrorState
        heading="h1"
        {...readError(error)}
        isRetrying={query.isFetching}
        onRetry={() => void query.refetch()}
      />
    ) : (
      <ResourceSkeleton />
    );
  return (
    <div className="flex flex-col gap-4">
      <PageHeader
        title={resource.name ?? resource.nativeId}
        note={
          <>
            <Link
              href={resourcesHref({ type: [resource.type] })}
              className="underline-offset-4 hover:text-accent hover:underline"
            >
              {resource.typeLabel}
            </Link>
            <Link
              href={`/accounts/${resource.accountId}`}
              className="underline-offset-4 hover:text-accent hover:underline"
            >
              {resource.accountName}
            </Link>
            <Link
              href={resourcesHref({ region: [resource.region] })}
              className="underline-offset-4 hover:text-accent hover:underline"
            >
              {regionName(resource.region)}
            </Link>
            {resource.goneAt ? (
              <Status tone="off">Gone</Status>
            ) : (
              resource.isStale && <Status tone="warn">Stale</Status>
            )}
          </>
        }
        actions={
          <>
            {resource.type === "AWS::CloudFormation::Stack" && !resource.goneAt && (
              <Link href={stackHref(resource.id)} className={buttonStyle()}>
                <GitCompareArrows aria-hidden />
                Drift
              </Link>
            )}
            {resource.consoleUrl && (
              <a href={resource.consoleUrl} target="_blank" rel="noreferrer" className={buttonStyle()}>
                Open in the AWS console
                <ExternalLink aria-label="(in a new tab)" />
              </a>
            )}
          </>
        }
      />
      {query.isRefetchError && <StaleNotice query={query} />}
      <PausedNotice accountIds={[resource.accountId]} />
      <ResourceNotice resource={resource} />
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <Panel title="Facts">
            <FactList facts={factsOf(resource)} />
          </Panel>
          <Panel title="Tags">
            <ResourceTags resource={resource} />
          </Panel>
        </div>
        <Panel
          title="Configuration"
          note={
            resource.goneAt ? (
              "as AWS told it last"
            ) : (
              <>
                as AWS tells it, read <Time at={resource.seenAt} />
              </>
            )
          }
        >
          <Tree value={resource.config} label="configuration" />
        </Panel>
      </div>
    </div>
  );
}

function ResourceNotice({ resource }: { resource: Resource }) {
  if (resource.goneAt)
    return (
      <Notice tone="unknown">
        This is gone: CloudGuard read its region and it was no longer there, <Time at={resource.goneAt} />. What is
        shown is how it was last.
      </Notice>
    );
  if (resource.cell.failure)
    return (
      <Notice tone="warn">
        This may be out of date. The last reading failed: {resource.cell.failure}
        {resource.cell.lastSuccessAt && (
          <>
            {" "}
            It last succeeded <Time at={resource.cell.lastSuccessAt} />.
          </>
        )}
      </Notice>
    );
  return null;
}

function factsOf(resource: Resource) {
  const known = readFacts(resource.facts).map(({ name, text, at }) => ({
    name,
    value: at ? <Time at={at} /> : (text ?? <span className="text-faint">none</span>),
  }));
  const when = (at: Date | null) => (at ? <Time at={at} /> : <span className="text-faint">AWS does not say</span>);
  return [
    { name: "Id", value: <Copyable text={resource.nativeId} name="id" max={64} /> },
    ...(resource.arn ? [{ name: "ARN", value: <Copyable text={resource.arn} name="ARN" max={48} /> }] : []),
    { name: "Account", value: <Copyable text={resource.awsAccountId} name="account number" /> },
    ...(resource.state ? [{ name: "State", value: resource.state }] : []),
    ...known,
    { name: "Created", value: when(resource.createdAt) },
    { name: "First seen", value: when(resource.firstSeenAt) },
    { name: "Last changed", value: when(resource.lastChangedAt) },
    // Of what is gone it is known when that was found, and not when it was last there.
    resource.goneAt
      ? { name: "Found gone", value: when(resource.goneAt) }
      : { name: "As of", value: when(resource.seenAt) },
  ];
}
