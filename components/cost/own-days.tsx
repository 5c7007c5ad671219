"use client";
import { CalendarDays } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Popover } from "@/components/ui/popover";
import type { CostParams } from "./cost-params";
import { addDays, daysText } from "./day-text";

interface OwnDaysProps {
  params: Pick<CostParams, "start" | "end">;
  problems: Record<string, string>;
  onChange(change: Partial<CostParams>): void;
}

/** Days of one's own choice. People name the last day; the address, like the API, the one after it. */
export function OwnDays({ params, problems, onChange }: OwnDaysProps) {
  const [isOpen, setIsOpen] = useState(false);
  const last = params.end === null ? "" : addDays(params.end, -1);
  const [from, setFrom] = useState(params.start ?? "");
  const [to, setTo] = useState(last);
  const isChosen = params.start !== null && params.end !== null;
  return (
    <Popover
      label="Choose the days"
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      trigger={
        <Button aria-pressed={isChosen} className="text-xs">
          <CalendarDays aria-hidden />
          {isChosen ? daysText(params.start ?? "", last) : "Other days"}
        </Button>
      }
    >
      <form
        noValidate
        className="flex flex-col gap-3 p-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (!from || !to) return;
          onChange({ start: from, end: addDays(to, 1) });
          setIsOpen(false);
        }}
      >
        <Field label="First day" error={problems.start}>
          {(wiring) => (
            <Input {...wiring} type="date" required value={from} onChange={(event) => setFrom(event.target.value)} />
          )}
        </Field>
        <Field label="Last day" error={problems.end} hint="Days are UTC, as AWS bills them.">
          {(wiring) => (
            <Input {...wiring} type="date" required value={to} onChange={(event) => setTo(event.target.value)} />
          )}
        </Field>
        <Button type="submit" tone="primary" disabled={!from || !to}>
          Show these days
        </Button>
      </form>
    </Popover>
  );
}
