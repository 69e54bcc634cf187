import { blockedTemplate } from "../blocked-templates.ts";
import {
  type Decision,
  inPhase,
  judged,
  proceed,
  type ReconcileContext,
  resultOf,
  stopFor,
  withRecord,
  withStop,
} from "../decision.ts";
import type { ObservedService } from "../observed.ts";
import { asksFor, declared, splitText } from "../split.ts";
import { fail, leave } from "../stops.ts";

/** Preconditions of every service, before the first one is touched. */
export function waiting(context: ReconcileContext): Decision {
  const { service, progress, observed, ledger } = context;
  const result = resultOf(context, "check");
  if (result === null) return { ledger, action: { kind: "check", service, stable: progress.from } };
  const problems = [...standing(context), ...result.problems];
  const latest = observed?.latestCreated ?? null;
  if (!result.changes && latest !== null) {
    const blocked = blockedTemplate(context, observed?.revisions[latest]?.template);
    if (blocked !== undefined)
      problems.push(
        `${service}: the template of ${latest} was rolled back (${blocked.why}) and nothing in it has changed; change it, or add --again`,
      );
  }
  if (problems.length > 0)
    return proceed(
      inPhase(context, "checked", judged(context, "check", "failed", problems.join("; "))),
      `${service} cannot start`,
    );
  if (!result.changes && progress.from !== null && latest === progress.from) {
    const why = "nothing to roll out";
    return proceed(inPhase(context, "unchanged", { ...judged(context, "check", "passed", why), why }), why);
  }
  const why = progress.from === null ? "it will be created" : `${progress.from} is there to go back to`;
  return proceed(
    inPhase(context, "checked", judged(context, "check", "passed", why)),
    `${service} can start`,
  );
}

/** All preconditions hold, or the rollout is refused with everything that is wrong. */
export function checked(context: ReconcileContext): Decision {
  const { rollout, service, progress, ledger, settings } = context;
  const refusals = rollout.order.flatMap((name) =>
    (rollout.services[name]?.verdicts ?? []).flatMap(({ what, verdict, why }) =>
      what === "check" && verdict === "failed" ? [why] : [],
    ),
  );
  if (refusals.length > 0) {
    const why = refusals.join("\n");
    return proceed(withStop(ledger, stopFor(context, "refused", why)), why);
  }
  // Another service may have taken an hour since the check.
  const [problem] = standing(context);
  if (problem !== undefined) return leave(context, problem);
  if (settings.images[service] !== progress.image) return otherImage(context);
  const record = ledger.services[service] ?? { stable: null, image: null, blocked: [] };
  return {
    ledger: withRecord(inPhase(context, "applying"), service, record),
    action: { kind: "apply", service, stable: progress.from },
  };
}

/** Repeated by whoever resumes: an apply that was done already changes nothing. */
export function applying(context: ReconcileContext): Decision {
  const { service, progress, ledger, observed, settings } = context;
  if (observed !== null && !keepsTo(progress.from, observed))
    return leave(
      context,
      `somebody moved the traffic of ${service} (${splitText(observed.asked)}): it is left so`,
    );
  const result = resultOf(context, "apply");
  if (result === null) {
    if (settings.images[service] !== progress.image) return otherImage(context);
    return { ledger, action: { kind: "apply", service, stable: progress.from } };
  }
  const passed = result.outcome !== "failed";
  const judgement = judged(context, "apply", passed ? "passed" : "failed", result.why);
  const after = { ...context, progress: { ...progress, ...judgement } };
  if (passed) return proceed(inPhase(context, "identity", judgement), `${service}: ${result.outcome}`);
  const latest = observed?.latestCreated ?? null;
  const ready = latest !== null && observed?.revisions[latest]?.ready === true;
  return fail(after, "apply", result.why, !ready);
}

function otherImage(context: ReconcileContext): Decision {
  const why = `the environment states another image of ${context.service} than when the rollout started: abort it and start a new one`;
  return proceed(withStop(inPhase(context, "failed", { why }), stopFor(context, "refused", why)), why);
}

/** Stable gets everything: by its name, or as the newest, as it is after the first creation and before this project. */
function keepsTo(stable: string | null, { asked, latestCreated }: ObservedService): boolean {
  return asksFor(declared(stable), asked) || (latestCreated === stable && asksFor(declared(null), asked));
}

/** What is wrong with where the service stands, one sentence each. */
function standing({ ledger, service, progress, observed }: ReconcileContext): string[] {
  const record = ledger.services[service];
  const remedy = `"npm run rollout -- adopt ${ledger.environment} ${service}" takes what serves for known good`;
  if (observed === null)
    return progress.from === null
      ? []
      : [
          `${service} does not exist any more, and the ledger says ${progress.from} serves: "npm run rollout -- adopt ${ledger.environment} ${service}" forgets it`,
        ];
  if (record === undefined) return [`${service} serves and the ledger does not know it: ${remedy}`];
  if (!keepsTo(progress.from, observed))
    return [
      `the traffic of ${service} (${splitText(observed.asked)}) is not what the ledger says (${progress.from ?? "the newest"} 100 %): ${remedy}`,
    ];
  if (progress.from === null) return [];
  const revision = observed.revisions[progress.from];
  if (revision === undefined) return [`${service} cannot go back: ${progress.from} is gone`];
  return revision.ready ? [] : [`${service} cannot go back: ${progress.from} is not ready`];
}
