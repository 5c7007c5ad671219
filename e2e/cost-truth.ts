import type { CostTruth } from "../demo/aws/cost-truth";

/** What the simulated AWS sums from its own world. */
export async function costTruth(aws: string): Promise<CostTruth> {
  return (await (await fetch(`${aws}/_sim/costs`)).json()) as CostTruth;
}

/** UTC days of a range; the end is exclusive. */
export interface Days {
  start: string;
  end: string;
}

/** Today moved by so many days, `2026-11-24`. */
export function day(count: number): string {
  return new Date(Date.now() + count * 86_400_000).toISOString().slice(0, 10);
}

/** The calendar month so many from the running one. */
export function month(count: number): Days {
  const first = (at: number) => {
    const now = new Date();
    return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + at, 1)).toISOString().slice(0, 10);
  };
  return { start: first(count), end: first(count + 1) };
}

/** What an account or a service cost in a range, in 10⁻¹⁰ dollars. Unblended. */
export function unitsIn(days: CostTruth["accounts"][string] = {}, { start, end }: Days): bigint {
  return Object.entries(days)
    .filter(([day]) => day >= start && day < end)
    .reduce((total, [, [unblended]]) => total + unitsOf(unblended), 0n);
}

/** "-12.3400000000" as a whole number of 10⁻¹⁰ dollars. */
export const unitsOf = (amount: string): bigint => BigInt(amount.replace(".", ""));

/** As a screen shows it, half a cent away from zero: "$1,234.50", "−$3.20". */
export function onScreen(units: bigint): string {
  const cents = ((units < 0n ? -units : units) + 50_000_000n) / 100_000_000n;
  const whole = (cents / 100n).toString().replace(/\B(?=(\d{3})+$)/g, ",");
  return `${units < 0n && cents > 0n ? "−" : ""}$${whole}.${(cents % 100n).toString().padStart(2, "0")}`;
}
