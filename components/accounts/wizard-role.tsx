"use client";
import { Download, ExternalLink } from "lucide-react";
import { downloadText } from "@/components/download-text";
import { Button, buttonStyle } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { Disclosure } from "@/components/ui/disclosure";
import { Copyable } from "@/components/ui/copyable";
import { Notice } from "@/components/ui/notice";
import { Tabs } from "@/components/ui/tabs";
import type { RouterOutputs } from "@/server/routers";
import { roleWays } from "./wizard-params";

type RolePack = RouterOutputs["accounts"]["rolePack"];

interface WizardRoleProps {
  pack: RolePack;
  via: (typeof roleWays)[number];
  onVia(via: (typeof roleWays)[number]): void;
}

/** The second step: the role, four ways to make it, and everything that it will allow. */
export function WizardRole({ pack, via, onVia }: WizardRoleProps) {
  const choose = (value: string) => {
    const way = roleWays.find((known) => known === value);
    if (way) onVia(way);
  };
  return (
    <div className="flex flex-col gap-5">
      <p className="flex flex-wrap items-center gap-x-2 text-sm text-muted">
        The role trusts CloudGuard only together with this ExternalId:
        <Copyable text={pack.externalId} name="ExternalId" max={44} className="text-ink" />
      </p>
      <Tabs
        label="Ways to make the role"
        value={via}
        onValueChange={choose}
        tabs={[
          {
            value: "quick",
            label: "Quick-create link",
            content: <QuickCreate pack={pack} onOther={() => onVia("cloudformation")} />,
          },
          { value: "cloudformation", label: "CloudFormation", content: <Template pack={pack} /> },
          {
            value: "cli",
            label: "AWS CLI",
            content: <CodeBlock name="Run in a shell that is signed in to the account" code={pack.cli} />,
          },
          { value: "terraform", label: "Terraform", content: <CodeBlock name="cloudguard.tf" code={pack.terraform} /> },
        ]}
      />
      <Policies pack={pack} />
    </div>
  );
}

function QuickCreate({ pack, onOther }: { pack: RolePack; onOther(): void }) {
  if (!pack.quickCreateUrl)
    return (
      <Notice
        tone="unknown"
        action={
          <Button size="sm" onClick={onOther}>
            Use the template
          </Button>
        }
      >
        There is no quick-create link. {pack.quickCreateReason}
      </Notice>
    );
  return (
    <div className="flex flex-col items-start gap-3 text-sm">
      <p>
        Opens CloudFormation in account <span className="font-mono text-xs">{pack.awsAccountId}</span> with everything
        filled in. Check that you are signed in to that account, tick the box about IAM resources, and choose Create
        stack.
      </p>
      <a href={pack.quickCreateUrl} target="_blank" rel="noreferrer" className={buttonStyle({ tone: "primary" })}>
        Open the AWS console
        <ExternalLink aria-label="(in a new tab)" />
      </a>
    </div>
  );
}

function Template({ pack }: { pack: RolePack }) {
  return (
    <div className="flex flex-col gap-3 text-sm">
      <p>Create a stack from this template in {pack.region}. The ExternalId is in it already.</p>
      <CodeBlock
        name={pack.templateFileName}
        code={pack.template}
        actions={
          <Button tone="quiet" size="sm" onClick={() => downloadText(pack.templateFileName, pack.template)}>
            <Download aria-hidden />
            Download
          </Button>
        }
      />
    </div>
  );
}

function Policies({ pack }: { pack: RolePack }) {
  const documents = [
    { name: "Trust policy", note: "who may use the role", code: pack.trustPolicy },
    ...pack.policies.map(({ name, feature, version, actions, document }) => ({
      name,
      note: `${feature}, ${actions.length} ${actions.length === 1 ? "action" : "actions"}, version ${version}`,
      code: document,
    })),
  ];
  return (
    <div>
      <h3 className="text-sm font-medium">What the role allows</h3>
      <p className="text-xs text-muted">Reading only. These are the very policies of all four ways.</p>
      <ul className="mt-2 divide-y rounded-md border">
        {documents.map(({ name, note, code }) => (
          <li key={name}>
            <Disclosure
              className="flex-wrap items-center px-3"
              summary={
                <>
                  <span className="font-medium">{name}</span>
                  <span className="text-xs text-muted">{note}</span>
                </>
              }
            >
              <div className="px-3 pb-3">
                <CodeBlock name={name} code={code} />
              </div>
            </Disclosure>
          </li>
        ))}
      </ul>
    </div>
  );
}
