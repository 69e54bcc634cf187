import type { Environment, Workload } from "../schema/environment.ts";

export type FurtherConnector = NonNullable<Environment["network"]["furtherConnectors"]>[number];

type Users = Pick<Environment, "services" | "jobs" | "workerPools">;

/** Whether it goes through the environment's own connector. */
export function isOnOwnConnector({ path, connector }: Pick<Workload, "path" | "connector">): boolean {
  return path === "connector" && connector === undefined;
}

/**
 * What goes through a further connector, as if that were the environment's own: its budget, its load and its alerts are then derived
 * like those of the own one.
 */
export function usersOf<Settings extends Users>(settings: Settings, { name }: FurtherConnector): Settings {
  const on = <Kind extends Workload>(workloads: readonly Kind[]): Kind[] =>
    workloads
      .filter(({ path, connector }) => path === "connector" && connector === name)
      .map((workload) => ({ ...workload, connector: undefined }));
  const { services, jobs, workerPools } = settings;
  return {
    ...settings,
    services: on(services),
    ...(jobs === undefined ? {} : { jobs: on(jobs) }),
    ...(workerPools === undefined ? {} : { workerPools: on(workerPools) }),
  };
}

/** The network as those on a further connector have it. */
export function networkOf(
  network: Environment["network"],
  { range, name: _, ...connector }: FurtherConnector,
): Environment["network"] {
  return {
    ...network,
    connector,
    addresses: { ...network.addresses, connector: range },
    furtherConnectors: undefined,
  };
}
