import type { TerraformGateway } from "../../../rollout-adapters/gateway.ts";
import type { Entry, Template } from "./cloud-run.ts";

/** What is written in the configuration of a service: its template; the traffic follows from `stable`. */
export type Configuration = (service: string) => Template;

interface Remote {
  readonly name: string;
  readonly template: Template;
  readonly traffic: readonly Entry[];
  readonly latestCreatedRevision?: string;
  readonly latestReadyRevision?: string;
  readonly reconciling?: boolean;
}

/** A plan that was saved: a later apply sends exactly this. */
export interface SavedPlan {
  readonly service: string;
  readonly changes: boolean;
  readonly body: object;
}

/**
 * Terraform as the provider was measured: an update is a PATCH of the whole service, without a mask and without an etag,
 * and it waits until the new revision is ready or has failed.
 *
 * @param location "projects/P/locations/L"
 * @param wait lets time pass while it waits
 */
export function terraform(
  endpoint: string,
  location: string,
  nameOf: (service: string) => string,
  configuration: Configuration,
  wait: () => Promise<void>,
) {
  const url = (service: string): string => `${endpoint}/v2/${location}/services/${nameOf(service)}`;
  const read = async (service: string): Promise<Remote | null> => {
    const response = await fetch(url(service));
    return response.status === 404 ? null : ((await response.json()) as Remote);
  };
  const plan = async (service: string, stable: string | null): Promise<SavedPlan> => {
    const remote = await read(service);
    const body = { template: configuration(service), traffic: declared(stable) };
    const same =
      remote !== null &&
      isSame(remote.template, body.template) &&
      isSame(remote.traffic, body.traffic.map(withoutZero));
    return { service, changes: !same, body };
  };
  const apply = async ({
    service,
    changes,
    body,
  }: SavedPlan): Promise<"applied" | "no changes" | "failed"> => {
    if (!changes) return "no changes";
    const there = await read(service);
    const created = `${endpoint}/v2/${location}/services?serviceId=${nameOf(service)}`;
    const response = await fetch(there === null ? created : url(service), {
      method: there === null ? "POST" : "PATCH",
      body: JSON.stringify(body),
    });
    if (!response.ok) return "failed";
    for (;;) {
      const found = await read(service);
      if (found?.reconciling !== true)
        return found?.latestCreatedRevision === found?.latestReadyRevision ? "applied" : "failed";
      await wait();
    }
  };
  const client: TerraformGateway = {
    changes: async (service, stable) => {
      const remote = await read(service);
      return remote === null || !isSame(remote.template, configuration(service)) || stable === null;
    },
    apply: async ({ service, stable }) => {
      const outcome = await apply(await plan(service, stable));
      return { kind: "apply", service, outcome, why: `terraform: ${outcome}` };
    },
    prove: async ({ service, stable }) => {
      const { changes } = await plan(service, stable);
      return {
        kind: "proof",
        service,
        plan: changes ? "changes" : "empty",
        why: changes ? "changes" : "no changes",
      };
    },
  };
  return { client, plan, apply };
}

function declared(stable: string | null): Entry[] {
  if (stable === null) return [{ type: "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST", percent: 100 }];
  return [
    { type: "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION", revision: stable, percent: 100 },
    { type: "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST", percent: 0, tag: "candidate" },
  ];
}

/** The provider knows that the server leaves 0 out. */
function withoutZero({ percent, ...entry }: Entry): Entry {
  return percent ? { ...entry, percent } : entry;
}

/** Whatever the order of keys is; Node's own comparison tells objects of a test's realm apart from those of fetch. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  );
}
