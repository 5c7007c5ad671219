import { regionName } from "@/components/resources/region-name";
import type { CostPart, CostServicePart } from "@/server/cost/views";
import { moneyText, shareText } from "./money-text";

interface ServiceDetailProps {
  service: CostServicePart;
  regionsReason: string | null;
}

/** Where a service's dollars went: by account, and by region where AWS told it. */
export function ServiceDetail({ service: { label, accounts, regions }, regionsReason }: ServiceDetailProps) {
  return (
    <div className="grid gap-x-8 gap-y-3 text-xs md:grid-cols-2">
      <PartList name={`Accounts of ${label}`} title="Accounts" parts={accounts} />
      {regions ? (
        <PartList
          name={`Regions of ${label}`}
          title="Regions"
          parts={regions.map((region) => ({ ...region, label: regionName(region.label) }))}
        />
      ) : (
        <p className="text-muted">{regionsReason ?? "AWS was not asked for the regions of this choice."}</p>
      )}
    </div>
  );
}

function PartList({ name, title, parts }: { name: string; title: string; parts: CostPart[] }) {
  return (
    <div className="min-w-0">
      <h3 className="py-0.5 text-muted">{title}</h3>
      <ul aria-label={name}>
        {parts.map((part) => (
          <li key={part.key} className="flex h-6 items-center gap-3 figures">
            <span className="min-w-0 flex-1 truncate" title={part.key}>
              {part.label}
            </span>
            <span>{moneyText(part.amount)}</span>
            <span className="w-12 text-right text-muted">{shareText(part)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
