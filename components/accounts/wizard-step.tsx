import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

interface WizardStepProps {
  number: number;
  title: string;
  state: "done" | "open" | "ahead";
  isLast?: boolean;
  children: ReactNode;
}

/** A step with its number on a line that leads to the next. */
export function WizardStep({ number, title, state, isLast, children }: WizardStepProps) {
  return (
    <li className="grid grid-cols-[1.75rem_minmax(0,1fr)] gap-x-4" aria-current={state === "open" ? "step" : undefined}>
      <div className="flex flex-col items-center" aria-hidden>
        <span
          className={cn(
            "grid size-7 shrink-0 place-items-center rounded-full border text-xs font-semibold figures",
            state === "open" && "border-accent text-accent",
            state === "done" && "border-ok text-ok",
            state === "ahead" && "text-faint",
          )}
        >
          {state === "done" ? <Check className="size-4" /> : number}
        </span>
        {!isLast && <span className="my-1.5 w-px flex-1 bg-line" />}
      </div>
      <section aria-label={`Step ${number}: ${title}`} className={cn("min-w-0", isLast ? "pb-2" : "pb-8")}>
        <h2
          className={cn("flex h-7 items-center text-base font-semibold", state === "ahead" && "font-medium text-faint")}
        >
          {title}
          {state === "done" && <span className="sr-only"> (done)</span>}
        </h2>
        {state !== "ahead" && <div className="pt-3">{children}</div>}
      </section>
    </li>
  );
}
