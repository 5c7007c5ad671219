"use client";
import Link from "next/link";
import { useState } from "react";
import { toast } from "sonner";
import { readError } from "@/components/app-error";
import { useRights } from "@/components/rights";
import { trpc } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { plural } from "@/components/ui/figure-text";
import { Panel } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { Time } from "@/components/ui/time";
import type { ScheduleView } from "@/server/drift/views";
import { stacksHref } from "./stack-params";

const frequencies = { OFF: "Off", DAILY: "Every day", WEEKLY: "Every week" } as const;
const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const hours = Array.from({ length: 24 }, (_, hour) => hour);

/** When an account's stacks are detected by themselves. */
export function SchedulePanel({ accountId }: { accountId: string }) {
  const query = trpc.drift.schedule.get.useQuery({ accountId });
  return (
    <Panel
      title="Drift detection"
      note={
        <Link
          href={stacksHref({ account: [accountId] })}
          className="underline-offset-4 hover:text-accent hover:underline"
        >
          show its stacks
        </Link>
      }
    >
      {query.data ? (
        <ScheduleForm key={JSON.stringify(query.data)} schedule={query.data} />
      ) : query.error ? (
        <ErrorState {...readError(query.error)} isRetrying={query.isFetching} onRetry={() => void query.refetch()} />
      ) : (
        <Skeleton className="m-4 h-16" />
      )}
    </Panel>
  );
}

function ScheduleForm({ schedule }: { schedule: ScheduleView }) {
  const { accountId, nextRunAt, lastRunAt, lastRunStarted } = schedule;
  const [frequency, setFrequency] = useState(schedule.frequency);
  const [hour, setHour] = useState(schedule.hour);
  const [weekday, setWeekday] = useState(schedule.weekday);
  const { isAdmin } = useRights();
  const utils = trpc.useUtils();
  const save = trpc.drift.schedule.set.useMutation({
    onSuccess: async (saved) => {
      utils.drift.schedule.get.setData({ accountId }, saved);
      toast.success(saved.frequency === "OFF" ? "Drift is no longer detected by itself." : "The schedule is saved.");
      await utils.drift.stack.invalidate();
    },
  });
  const isChanged =
    frequency !== schedule.frequency ||
    (frequency !== "OFF" && hour !== schedule.hour) ||
    (frequency === "WEEKLY" && weekday !== schedule.weekday);
  return (
    <form
      className="flex flex-col gap-2 px-4 py-3 text-sm"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ accountId, frequency, hour, weekday });
      }}
    >
      <fieldset disabled={!isAdmin} className="flex flex-wrap items-center gap-2">
        <Select
          aria-label="How often"
          className="w-auto"
          value={frequency}
          onChange={(event) => setFrequency(event.target.value as ScheduleView["frequency"])}
        >
          {Object.entries(frequencies).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
        {frequency === "WEEKLY" && (
          <Select
            aria-label="Weekday"
            className="w-auto"
            value={weekday}
            onChange={(event) => setWeekday(Number(event.target.value))}
          >
            {weekdays.map((name, index) => (
              <option key={name} value={index}>
                on {name}
              </option>
            ))}
          </Select>
        )}
        {frequency !== "OFF" && (
          <Select
            aria-label="Hour, UTC"
            className="w-auto figures"
            value={hour}
            onChange={(event) => setHour(Number(event.target.value))}
          >
            {hours.map((each) => (
              <option key={each} value={each}>
                at {String(each).padStart(2, "0")}:00 UTC
              </option>
            ))}
          </Select>
        )}
        {isAdmin ? (
          <Button type="submit" disabled={!isChanged} isBusy={save.isPending}>
            Save
          </Button>
        ) : (
          <span className="text-xs text-muted">Admins of your team set this.</span>
        )}
      </fieldset>
      {save.error && (
        <p role="alert" className="text-bad">
          {readError(save.error).message}
        </p>
      )}
      <p className="text-xs text-muted">
        {nextRunAt ? (
          <>
            Next run <Time at={nextRunAt} />.{" "}
          </>
        ) : (
          "No run is planned. "
        )}
        {lastRunAt && (
          <>
            The last, <Time at={lastRunAt} />, started {plural(lastRunStarted ?? 0, "detection")}.{" "}
          </>
        )}
        {schedule.frequency === "OFF"
          ? "Drift is detected only when somebody asks."
          : "Stacks whose resources changed go first; every stack is detected at least weekly."}
      </p>
    </form>
  );
}
