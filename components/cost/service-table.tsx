"use client";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { cn } from "@/components/ui/cn";
import { Panel } from "@/components/ui/panel";
import type { CostServicePart, CostSummaryView } from "@/server/cost/views";
import { moneyText, shareText } from "./money-text";
import { ServiceDetail } from "./service-detail";

interface ServiceTableProps {
  summary: CostSummaryView;
  chosen: string[];
  onChoose(services: string[]): void;
  isDimmed: boolean;
}

const SHOWN = 12;

/** Every service with what it cost. A click on its name draws it alone; the arrow opens its accounts and regions. */
export function ServiceTable({ summary, chosen, onChoose, isDimmed }: ServiceTableProps) {
  const [isWhole, setIsWhole] = useState(false);
  const { services, total } = summary;
  // What is chosen stays in sight.
  const shown = isWhole ? services : services.filter(({ key }, at) => at < SHOWN || chosen.includes(key));
  return (
    <Panel title="By service" note="choose one to draw it alone" className={isDimmed ? "opacity-60" : undefined}>
      {services.length === 0 ? (
        <p className="px-4 py-3 text-sm text-muted">
          {total === null ? "Nothing of this range has been read yet." : "AWS charged nothing in this range."}
        </p>
      ) : (
        <table aria-label="Costs by service" className="w-full table-fixed text-sm">
          <thead>
            <tr className="h-8 border-b text-xs text-muted *:font-medium">
              <th scope="col" className="pl-4 text-left">
                Service
              </th>
              <th scope="col" className="w-28 px-3 text-right">
                Cost
              </th>
              <th scope="col" className="w-18 pr-4 text-right">
                Share
              </th>
            </tr>
          </thead>
          {shown.map((service) => (
            <ServiceRows
              key={service.key}
              service={service}
              regionsReason={summary.regionsReason}
              isChosen={chosen.includes(service.key)}
              onChoose={() => onChoose(chosen.includes(service.key) ? [] : [service.key])}
            />
          ))}
          <tfoot>
            <tr className="h-9 text-sm font-semibold figures">
              <th scope="row" className="pl-4 text-left">
                Total
                {services.length > shown.length && (
                  <button
                    type="button"
                    onClick={() => setIsWhole(true)}
                    className="ml-3 rounded-sm text-xs font-normal text-muted underline underline-offset-4"
                  >
                    Show all {services.length} services
                  </button>
                )}
              </th>
              <td className="px-3 text-right">{moneyText(total)}</td>
              <td />
            </tr>
          </tfoot>
        </table>
      )}
    </Panel>
  );
}

interface ServiceRowsProps {
  service: CostServicePart;
  regionsReason: string | null;
  isChosen: boolean;
  onChoose(): void;
}

function ServiceRows({ service, regionsReason, isChosen, onChoose }: ServiceRowsProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <tbody>
      <tr className={cn("h-8 border-b hover:bg-hover", isChosen && "bg-accent-soft")}>
        <th scope="row" className="pl-2 text-left font-normal">
          <span className="flex items-center gap-1">
            <button
              type="button"
              aria-label={`Accounts and regions of ${service.label}`}
              aria-expanded={isOpen}
              onClick={() => setIsOpen(!isOpen)}
              className="grid size-6 shrink-0 place-items-center rounded-sm text-faint hover:text-ink"
            >
              <ChevronRight className={cn("size-4 transition-transform", isOpen && "rotate-90")} aria-hidden />
            </button>
            <button
              type="button"
              aria-pressed={isChosen}
              onClick={onChoose}
              title={service.label}
              className="min-w-0 rounded-sm py-1 text-left underline-offset-4 hover:text-accent hover:underline aria-pressed:font-medium md:truncate"
            >
              {service.label}
            </button>
          </span>
        </th>
        <td className="px-3 text-right figures">{moneyText(service.amount)}</td>
        <td className="pr-4 text-right text-muted figures">{shareText(service)}</td>
      </tr>
      {isOpen && (
        <tr className="border-b bg-inset">
          <td colSpan={3} className="px-4 py-2 pl-9">
            <ServiceDetail service={service} regionsReason={regionsReason} />
          </td>
        </tr>
      )}
    </tbody>
  );
}
