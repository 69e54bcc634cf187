import type { Ledger, StopReason } from "../ledger.ts";

/** What a person does after a rollout, one sentence each; empty where there is nothing to do. */
export function remedies({ environment, services, rollout }: Ledger): string[] {
  if (rollout === undefined) return [];
  const command = "npm run rollout -- ";
  if (rollout.outcome === undefined)
    return [
      `It is under way: \`${command}resume ${environment}\` goes on where nobody does, \`${command}abort ${environment}\` takes it back.`,
    ];
  const rollouts = rollout.order.flatMap((service) => {
    const progress = rollout.services[service];
    return progress === undefined ? [] : [{ service, progress }];
  });
  const stranded = rollouts.flatMap(({ service, progress }) =>
    progress.phase === "rollback failed"
      ? [`${service}: ${progress.why ?? "there is no way back"}. Deploy a corrected template of it at once.`]
      : [],
  );
  const left = rollouts.flatMap(({ service, progress }) =>
    progress.phase === "externally modified"
      ? [
          `${service} is as somebody else made it: \`${command}adopt ${environment} ${service}\` takes what serves for known good; until then no rollout touches it.`,
        ]
      : [],
  );
  const blocked = rollouts.flatMap(({ service }) =>
    (services[service]?.blocked ?? [])
      .filter((template) => template.rollout === rollout.id)
      .map(
        ({ revision }) =>
          `${service}: the template of ${revision} is blocked and is not rolled out again by itself. Change it, or add \`--again\`.`,
      ),
  );
  const sockets =
    rollout.outcome === "rolled back"
      ? [
          "Open WebSockets stay on the revision they were opened on until they end, at most the request timeout. Changes of a database schema are not undone by traffic.",
        ]
      : [];
  const reason = rollout.stop === undefined ? undefined : BY_REASON[rollout.stop.reason];
  return [...stranded, ...left, ...(reason === undefined ? [] : [reason]), ...blocked, ...sockets];
}

const BY_REASON: Partial<Record<StopReason, string>> = {
  apply:
    "Read what Terraform said, correct it, and start a new rollout: what was promoted is left out by itself.",
  inconclusive:
    "Too little was seen to judge: check that Cloud Monitoring and the probe job answer, and that there is traffic or probing enough.",
  lease: "Whoever rolled out died in the middle; the guard took the traffic back. Start a new rollout.",
  proof: "Look at the plan: the next apply would change what has just been watched.",
};
