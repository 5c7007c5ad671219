import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import { perProcess } from "./per-process";

/**
 * What this process counts, for Prometheus. Names and labels are the contract with `deploy/alerts.yaml`; no label holds an
 * id, so that the number of series stays bounded. Gauges that only the database knows are read when scraped.
 */
export const metrics = perProcess("metrics", make);

function make() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const jobEnds = new Counter({
    name: "cloudguard_job_ends_total",
    help: "Work that came to its end (a sync planned, a cell read, a detection run, costs refreshed, a schedule begun, an ended rule counted, a day's upkeep), by job and outcome: ok or failed, be it that AWS refused or that CloudGuard broke.",
    labelNames: ["job", "outcome"] as const,
    registers,
  });
  const authFailures = new Counter({
    name: "cloudguard_auth_failures_total",
    help: "Calls refused because nobody was signed in, or the bearer was wrong.",
    labelNames: ["door"] as const,
    registers,
  });
  // Prometheus counts a series from its second sample on: without a zero the first failure after a start would be missed.
  for (const job of ["accounts", "costs", "drift", "driftSchedules", "ignoreRules", "inventory", "upkeep"])
    for (const outcome of ["ok", "failed"]) jobEnds.inc({ job, outcome }, 0);
  for (const door of ["cron", "export", "metrics", "procedure", "rest"]) authFailures.inc({ door }, 0);
  const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
  return {
    registry,
    httpRequests: new Histogram({
      name: "cloudguard_http_request_duration_seconds",
      help: "Requests answered, by route pattern, method and status: rate, latency and errors.",
      labelNames: ["route", "method", "status"] as const,
      buckets: seconds,
      registers,
    }),
    networkBytes: new Counter({
      name: "cloudguard_http_bytes_total",
      help: "Bytes received and sent on HTTP connections.",
      labelNames: ["direction"] as const,
      registers,
    }),
    procedures: new Histogram({
      name: "cloudguard_procedure_duration_seconds",
      help: "Procedures called by browsers and programs, by outcome: ok or the error's code.",
      labelNames: ["procedure", "outcome"] as const,
      buckets: seconds,
      registers,
    }),
    authFailures,
    activeUsers: new Gauge({
      name: "cloudguard_active_users",
      help: "People who called this process within the last 15 minutes.",
      registers,
    }),
    jobRuns: new Histogram({
      name: "cloudguard_job_duration_seconds",
      help: "Rounds of a job that found work, by job and outcome (ok, failed).",
      labelNames: ["job", "outcome"] as const,
      buckets: seconds,
      registers,
    }),
    jobRows: new Counter({
      name: "cloudguard_job_rows_total",
      help: "Due rows that a job looked at: a detection is one at each look.",
      labelNames: ["job"] as const,
      registers,
    }),
    jobEnds,
    awsCalls: new Histogram({
      name: "cloudguard_aws_call_duration_seconds",
      help: "Calls that left for AWS, by service and outcome: ok, throttled, denied or failed.",
      labelNames: ["service", "outcome"] as const,
      buckets: seconds,
      registers,
    }),
    awsWaits: new Histogram({
      name: "cloudguard_aws_rate_wait_seconds",
      help: "How long calls waited for their API's rate before they left.",
      labelNames: ["service"] as const,
      buckets: seconds,
      registers,
    }),
    transactions: new Histogram({
      name: "cloudguard_db_transaction_duration_seconds",
      help: "Database transactions, by scope (tenant, system, upkeep) and outcome (ok, refused, failed, unreachable).",
      labelNames: ["scope", "outcome"] as const,
      buckets: seconds,
      registers,
    }),
  };
}
