import type { ToldResult } from "../google/preflight-results.ts";
import { isSilent, type Metrics, type Samples, type Side, type Silent } from "../rollout/soak/signals.ts";

export function ownProbes(told: readonly ToldResult[] | Silent, warning: string | undefined): Probes {
  return (name, before = Number.POSITIVE_INFINITY) => {
    if (isSilent(told)) return told;
    const own = told.filter(({ result, at }) => result.check === `samples/${name}` && at <= before);
    if (own.length === 0) return { silent: warning ?? "nothing was seen yet" };
    const sum = (key: string): number =>
      own.reduce((total, { result }) => total + (result.measured?.[key] ?? 0), 0);
    return {
      requests: sum("requests"),
      failures: sum("failures"),
      slow: sum("slow"),
      failedFor: Math.max(...own.map(({ result }) => result.measured?.failedForSeconds ?? 0)),
      sockets: sum("sockets"),
      socketFailures: sum("socketFailures"),
      until: Math.max(...own.map(({ at }) => at)),
    };
  };
}

/** Twice in a row: one answer may be chance. */
export function brokenConsumers(
  before: readonly ToldResult[] | Silent,
  now: readonly ToldResult[] | Silent,
): string[] {
  if (isSilent(before) || isSilent(now)) return [];
  const contracts = (told: readonly ToldResult[], check: string) =>
    told.flatMap(({ result }) => (result.check === check ? [result] : []));
  const checks = new Set(
    now.flatMap(({ result }) => (result.check.startsWith("contract/") ? result.check : [])),
  );
  return [...checks].flatMap((check) => {
    const wasFine = contracts(before, check).at(-1)?.status === "passed";
    const last = contracts(now, check).slice(-2);
    const isBroken = last.length === 2 && last.every(({ status }) => status === "failed");
    const consumer = check.slice("contract/".length);
    return wasFine && isBroken ? [`${consumer}, which calls it, breaks: ${last[1]?.why}`] : [];
  });
}

type Probes = (name: string, before?: number) => Samples | Silent;

/** Metrics are late: the probes that they cannot hold yet are not taken off them. */
export function side(probes: Probes, name: string, metrics: Metrics | Silent): Side {
  const among = isSilent(metrics) ? metrics : probes(name, metrics.until ?? 0);
  return { probes: probes(name), among, metrics };
}
