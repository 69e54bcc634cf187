import type { PreflightPlan } from "../platform/preflight/preflight.ts";
import type { PreflightFault, PreflightResult } from "../platform/preflight/preflight-result.ts";
import type { Check, Outcome } from "./check.ts";
import { failed } from "./check.ts";
import { Interrupted, seconds, TimedOut, within } from "./time.ts";
import { unexpected } from "./why/unexpected.ts";

/** What every result of this execution says of itself. */
export interface Execution {
  readonly plan: PreflightPlan;
  readonly id: string | undefined;
  /** Takes secrets out of what clients and servers said. */
  readonly hide: (text: string) => string;
}

/**
 * Runs all checks side by side, each as soon as those that it needs have passed. `tell` hears each result once; the
 * signal ends all of them.
 */
export async function runChecks(
  checks: readonly Check[],
  execution: Execution,
  signal: AbortSignal,
  tell: (result: PreflightResult, advice: boolean) => void,
): Promise<PreflightResult[]> {
  const running = new Map<string, Promise<PreflightResult>>();
  const byName = new Map(checks.map((check) => [check.name, check]));

  const start = (check: Check): Promise<PreflightResult> => {
    const known = running.get(check.name);
    if (known !== undefined) return known;
    const promise = finish(check);
    running.set(check.name, promise);
    return promise;
  };

  const finish = async (check: Check): Promise<PreflightResult> => {
    const named = (names: readonly string[]) => names.flatMap((name) => byName.get(name) ?? []);
    const needs = named(check.needs).map(start);
    await Promise.all(named(check.after ?? []).map(start));
    const missing = (await Promise.all(needs)).find(({ status }) => status !== "passed");
    const startedAt = performance.now();
    const said = missing === undefined ? await outcomeOf(check, signal) : skippedFor(missing);
    const result = resultOf(check, said, execution, seconds(startedAt));
    tell(result, said.status === "passed" && said.advice === true);
    return result;
  };

  return Promise.all(checks.map(start));
}

type Said = Outcome | { readonly status: "skipped"; readonly why: string };

function skippedFor(missing: PreflightResult): Said {
  return {
    status: "skipped",
    why: `not tried: ${missing.check} ${missing.status === "failed" ? "failed" : "was skipped"}`,
  };
}

async function outcomeOf(check: Check, signal: AbortSignal): Promise<Said> {
  try {
    const outcome = await within(check.name, check.seconds, signal, (stop) => check.run(stop));
    // A client that was stopped in the middle reports what it makes of that.
    return signal.aborted && outcome.status === "failed" ? ended(check, signal) : outcome;
  } catch (error) {
    if (signal.aborted) return ended(check, signal);
    if (error instanceof TimedOut)
      return failed("infrastructure", `no end within ${check.seconds} s: what it waits for hangs`);
    return unexpected(error, check.name);
  }
}

/** The whole preflight was ended: by SIGTERM, or because its own time was over. */
function ended(check: Check, signal: AbortSignal): Said {
  const reason: unknown = signal.reason;
  if (reason instanceof Interrupted)
    return { status: "skipped", why: "not finished: the preflight was told to stop" };
  const length = reason instanceof TimedOut ? reason.seconds : check.seconds;
  return failed(
    "infrastructure",
    `no end within the ${length} s of the whole preflight: what it waits for hangs`,
  );
}

function resultOf(check: Check, said: Said, { plan, id, hide }: Execution, seconds: number): PreflightResult {
  const fault: PreflightFault | null = said.status === "failed" ? said.fault : null;
  const measured = said.status === "skipped" ? undefined : said.measured;
  return {
    environment: plan.environment,
    service: plan.service,
    ...(id === undefined ? {} : { id }),
    check: check.name,
    category: check.category,
    status: said.status,
    critical: plan.categories[check.category].critical,
    fault,
    // What servers said may steer a terminal.
    why: hide(said.why).replaceAll(/\p{Cc}+/gu, " "),
    seconds,
    ...(measured === undefined ? {} : { measured }),
  };
}
