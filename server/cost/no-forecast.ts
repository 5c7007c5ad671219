/** Pure: why there is no forecast, in words. */
import { LEAST_HISTORY_DAYS } from "./figures/forecast";

/** Of ours: `settled` days were read. */
export function tooFewDays(settled: number): string {
  const read = settled === 0 ? "none was" : settled === 1 ? "1 was" : `${settled} were`;
  return `A forecast takes ${LEAST_HISTORY_DAYS} settled days; ${read} read so far.`;
}

/** Of AWS's own: `code` is what it last answered when it was asked for one of the account; undefined: it was not asked lately. */
export function noAwsForecast(name: string, code: string | null | undefined): string {
  if (!code) return `AWS was not asked lately to forecast ${name}.`;
  if (code.startsWith("DataUnavailable"))
    return `AWS has too little history of ${name} to forecast from (${code}). It takes some weeks.`;
  if (code.startsWith("AccessDenied"))
    return `AWS refused to forecast ${name} (${code}). Add ce:GetCostForecast to its role.`;
  return `AWS made no forecast of ${name} (${code}). It is asked again with the next refresh.`;
}
