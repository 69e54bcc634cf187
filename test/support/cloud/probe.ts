import type { ContractExpectation, SampledAddress } from "../../../probe/check.ts";
import type { FakeService } from "./cloud-run.ts";
import type { Execution } from "./jobs.ts";

/** What the probe would find, judged by how the revisions behave that answer at the addresses. */
export function runProbe(
  service: FakeService | undefined,
  variables: Readonly<Record<string, string>>,
  now: number,
): Omit<Execution, "name" | "job"> {
  const contracts = JSON.parse(variables.PREFLIGHT_CONTRACTS ?? "[]") as ContractExpectation[];
  const samples = JSON.parse(variables.PREFLIGHT_SAMPLES ?? "[]") as SampledAddress[];
  const found = samples.map((address) => sampled(service, address, now));
  const shortest = Math.min(...found.map(({ seconds }) => seconds), Number.POSITIVE_INFINITY);
  const seconds = samples.length === 0 ? 3 : Math.min(shortest, 60);
  return {
    started: now,
    ends: now + seconds * 1000,
    id: variables.PREFLIGHT_ID,
    results: [
      ...contracts.flatMap((contract) => judged(service, contract, now)),
      ...found.map(({ result }) => result),
    ],
    load: found.flatMap(({ revision, perSecond }) =>
      revision === undefined ? [] : [{ revision, perSecond }],
    ),
  };
}

function judged(
  service: FakeService | undefined,
  { service: name, url, revision, webSocket }: ContractExpectation,
  now: number,
) {
  // Those without a revision are the consumers of the service.
  const shares = revision === undefined ? [...(service?.shares(now) ?? [])] : [];
  const breaking = shares.some(([one, percent]) => service?.behaviour(one)?.breaksConsumers?.(percent));
  const answering = service?.answering(url);
  const behaviour = service?.behaviour(answering ?? "") ?? {};
  const wrong =
    revision !== undefined && answering !== revision
      ? `revision ${answering} answers where ${revision} is expected`
      : breaking
        ? "what it calls is down"
        : revision === undefined
          ? undefined
          : behaviour.contract;
  const result = (check: string, why: string | undefined, fault: "application" | "infrastructure") => ({
    check,
    category: "contract" as const,
    status: why === undefined ? ("passed" as const) : ("failed" as const),
    fault: why === undefined ? null : fault,
    why: why ?? "fine",
  });
  return [
    result(`contract/${name}`, wrong, behaviour.fault ?? "application"),
    ...(webSocket === undefined
      ? []
      : [
          result(
            `web-socket/${name}`,
            behaviour.webSocket === false ? "HTTP 404 instead of 101" : undefined,
            "application",
          ),
        ]),
  ];
}

function sampled(service: FakeService | undefined, address: SampledAddress, now: number) {
  const revision = service?.answering(address.url);
  const behaviour = service?.behaviour(revision ?? "");
  const percent = service?.shares(now).get(revision ?? "") ?? 0;
  const errors = behaviour === undefined ? 1 : (behaviour.errors?.(percent, now) ?? 0);
  const slow = behaviour?.slow?.(percent, now) ?? 0;
  const isDead = errors >= 1;
  const seconds = isDead ? address.outage : address.seconds;
  const requests = Math.round(seconds * address.perSecond);
  const failures = Math.round(requests * errors);
  const sockets = address.webSocket === undefined ? 0 : Math.floor(seconds);
  const refused =
    behaviour?.webSocket === false || (address.name === "balancer" && behaviour?.balancerWebSocket === false);
  return {
    revision,
    perSecond: address.perSecond,
    seconds,
    result: {
      check: `samples/${address.name}`,
      category: "contract" as const,
      status: isDead ? ("failed" as const) : ("passed" as const),
      why: `${requests} requests, ${failures} failed`,
      measured: {
        requests,
        failures,
        slow: Math.round((requests - failures) * slow),
        failedForSeconds: isDead ? address.outage : 0,
        sockets: refused ? 0 : sockets,
        socketFailures: refused ? sockets : 0,
      },
    },
  };
}
