import type { LoggedResult } from "../google/preflight-results.ts";
import { isSilent, type Metrics, type Samples, type Side, type Silent } from "../rollout/soak/signals.ts";

export function ownProbes(logged: readonly LoggedResult[] | Silent, warning: string | undefined): Probes {
  return (name, before = Number.POSITIVE_INFINITY) => {
    if (isSilent(logged)) return logged;
    const own = logged.filter(({ result, at }) => result.check === `samples/${name}` && at <= before);
    if (own.length === 0) return { silent: warning ?? "no data yet" };
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

/** Twice in a row: a single response may be chance. */
export function brokenConsumers(
  before: readonly LoggedResult[] | Silent,
  now: readonly LoggedResult[] | Silent,
): string[] {
  if (isSilent(before) || isSilent(now)) return [];
  const contracts = (logged: readonly LoggedResult[], check: string) =>
    logged.flatMap(({ result }) => (result.check === check ? [result] : []));
  const checks = new Set(
    now.flatMap(({ result }) => (result.check.startsWith("contract/") ? result.check : [])),
  );
  return [...checks].flatMap((check) => {
    const wasFine = contracts(before, check).at(-1)?.status === "passed";
    const last = contracts(now, check).slice(-2);
    const isBroken = last.length === 2 && last.every(({ status }) => status === "failed");
    const consumer = check.slice("contract/".length);
    return wasFine && isBroken ? [`${consumer}, which calls it, fails: ${last[1]?.why}`] : [];
  });
}

type Probes = (name: string, before?: number) => Samples | Silent;

/** Metrics lag: probes that they do not include yet are not subtracted. */
export function side(probes: Probes, name: string, metrics: Metrics | Silent): Side {
  const among = isSilent(metrics) ? metrics : probes(name, metrics.until ?? 0);
  return { probes: probes(name), among, metrics };
}
