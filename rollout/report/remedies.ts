import type { Ledger, StopReason } from "../ledger.ts";

/** What to do after a rollout, one sentence each; empty where nothing is. */
export function remedies({ environment, services, rollout }: Ledger): string[] {
  if (rollout === undefined) return [];
  const command = "npm run rollout -- ";
  if (rollout.outcome === undefined)
    return [
      `It is under way: \`${command}resume ${environment}\` continues it where no process does, \`${command}abort ${environment}\` rolls it back.`,
    ];
  const rollouts = rollout.order.flatMap((service) => {
    const progress = rollout.services[service];
    return progress === undefined ? [] : [{ service, progress }];
  });
  const stranded = rollouts.flatMap(({ service, progress }) =>
    progress.phase === "rollback failed"
      ? [`${service}: ${progress.why ?? "the rollback failed"}. Deploy a corrected template at once.`]
      : [],
  );
  const left = rollouts.flatMap(({ service, progress }) =>
    progress.phase === "externally modified"
      ? [
          `${service} was changed externally: \`${command}adopt ${environment} ${service}\` adopts what serves as last known good; until then no rollout changes it.`,
        ]
      : [],
  );
  const blocked = rollouts.flatMap(({ service }) =>
    (services[service]?.blocked ?? [])
      .filter((template) => template.rollout === rollout.id)
      .map(
        ({ revision }) =>
          `${service}: the template of ${revision} is blocklisted. Change it, or add \`--again\`.`,
      ),
  );
  const sockets =
    rollout.outcome === "rolled back"
      ? [
          "Open WebSockets stay on the revision they were opened on until they end, at most the request timeout. A rollback does not undo changes of a database schema.",
        ]
      : [];
  const reason = rollout.stop === undefined ? undefined : BY_REASON[rollout.stop.reason];
  return [...stranded, ...left, ...(reason === undefined ? [] : [reason]), ...blocked, ...sockets];
}

const BY_REASON: Partial<Record<StopReason, string>> = {
  apply: "Fix what Terraform reports, and start a new rollout: promoted services are skipped.",
  inconclusive:
    "Too few samples: check that Cloud Monitoring and the probe job work, and that there is enough traffic or probing.",
  lease: "The process died in the middle; the rollback watchdog restored the traffic. Start a new rollout.",
  proof: "Check the plan: the next apply would change what has just passed its soak.",
};
