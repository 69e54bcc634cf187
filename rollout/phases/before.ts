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

/** Preconditions of every service, before the first one is changed. */
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
        `${service}: the template of ${latest} was rolled back (${blocked.why}) and is unchanged; change it, or add --again`,
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
  const why = progress.from === null ? "it will be created" : `a rollback to ${progress.from} is possible`;
  return proceed(
    inPhase(context, "checked", judged(context, "check", "passed", why)),
    `${service} can start`,
  );
}

/** All preconditions hold, or the rollout is refused with all reasons. */
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
  // The services before may have taken an hour since the check.
  const [problem] = standing(context);
  if (problem !== undefined) return leave(context, problem);
  if (settings.images[service] !== progress.image) return otherImage(context);
  const record = ledger.services[service] ?? { stable: null, image: null, blocked: [] };
  return {
    ledger: withRecord(inPhase(context, "applying"), service, record),
    action: { kind: "apply", service, stable: progress.from },
  };
}

/** Repeated after a resume: an apply that was done already changes nothing. */
export function applying(context: ReconcileContext): Decision {
  const { service, progress, ledger, observed, settings } = context;
  if (observed !== null && !keepsTo(progress.from, observed))
    return leave(
      context,
      `the traffic of ${service} was changed externally (${splitText(observed.asked)}): left unchanged`,
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

/** Stable has all the traffic: by name, or as the newest revision, as after the first creation and before this project. */
function keepsTo(stable: string | null, { asked, latestCreated }: ObservedService): boolean {
  return asksFor(declared(stable), asked) || (latestCreated === stable && asksFor(declared(null), asked));
}

/** Why the service cannot start, one sentence each. */
function standing({ ledger, service, progress, observed }: ReconcileContext): string[] {
  const record = ledger.services[service];
  const remedy = `"npm run rollout -- adopt ${ledger.environment} ${service}" adopts what serves as last known good`;
  if (observed === null)
    return progress.from === null
      ? []
      : [
          `${service} does not exist any more, and the ledger has ${progress.from} as stable: "npm run rollout -- adopt ${ledger.environment} ${service}" removes it`,
        ];
  if (record === undefined) return [`${service} serves and is not in the ledger: ${remedy}`];
  if (!keepsTo(progress.from, observed))
    return [
      `the traffic of ${service} (${splitText(observed.asked)}) does not match the ledger (${progress.from ?? "the newest"} 100 %): ${remedy}`,
    ];
  if (progress.from === null) return [];
  const revision = observed.revisions[progress.from];
  if (revision === undefined) return [`${service} has no rollback: ${progress.from} no longer exists`];
  return revision.ready ? [] : [`${service} has no rollback: ${progress.from} is not ready`];
}
