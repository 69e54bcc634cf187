import type { Ledger, StopReason } from "../ledger.ts";

/** What a person does after a train, one sentence each; empty where there is nothing to do. */
export function remedies({ environment, services, train }: Ledger): string[] {
  if (train === undefined) return [];
  const rollout = `npm run rollout -- `;
  if (train.outcome === undefined)
    return [
      `It is under way: \`${rollout}resume ${environment}\` goes on where nobody does, \`${rollout}abort ${environment}\` takes it back.`,
    ];
  const cars = train.order.flatMap((service) => {
    const car = train.cars[service];
    return car === undefined ? [] : [{ service, car }];
  });
  const stranded = cars.flatMap(({ service, car }) =>
    car.phase === "stranded"
      ? [`${service}: ${car.why ?? "there is no way back"}. Deploy a corrected template of it at once.`]
      : [],
  );
  const left = cars.flatMap(({ service, car }) =>
    car.phase === "left"
      ? [
          `${service} is as somebody else made it: \`${rollout}adopt ${environment} ${service}\` takes what serves for known good; until then no rollout touches it.`,
        ]
      : [],
  );
  const frozen = cars.flatMap(({ service }) =>
    (services[service]?.frozen ?? [])
      .filter((template) => template.train === train.id)
      .map(
        ({ revision }) =>
          `${service}: the template of ${revision} is frozen and is not rolled out again by itself. Change it, or add \`--again\`.`,
      ),
  );
  const sockets =
    train.outcome === "rolled back"
      ? [
          "Open WebSockets stay on the revision they were opened on until they end, at most the request timeout. Changes of a database schema are not undone by traffic.",
        ]
      : [];
  const reason = train.stop === undefined ? undefined : BY_REASON[train.stop.reason];
  return [...stranded, ...left, ...(reason === undefined ? [] : [reason]), ...frozen, ...sockets];
}

const BY_REASON: Partial<Record<StopReason, string>> = {
  apply:
    "Read what Terraform said, correct it, and start a new rollout: what was promoted is left out by itself.",
  inconclusive:
    "Too little was seen to judge: check that Cloud Monitoring and the probe job answer, and that there is traffic or probing enough.",
  lease: "Whoever rolled out died in the middle; the guard took the traffic back. Start a new rollout.",
  proof: "Look at the plan: the next apply would change what has just been watched.",
};
