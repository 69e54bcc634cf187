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

/** A connector that the environment creates in one region. */
export interface CreatedConnector extends Omit<FurtherConnector, "name" | "subnet"> {
  /** Name of a further one; undefined of the region's own. */
  readonly further: string | undefined;
  /** Subnet of others that has its range; undefined where the range is its own. */
  readonly subnet: string | undefined;
}

/** The connectors of the region that are created here: all but one that others manage. */
export function createdConnectors({ network }: Pick<Environment, "network">): CreatedConnector[] {
  const { connector, addresses, unmanaged, furtherConnectors = [] } = network;
  return [
    ...(connector === undefined || addresses.connector === undefined || unmanaged?.connector !== undefined
      ? []
      : [
          {
            ...connector,
            further: undefined,
            range: addresses.connector,
            subnet: unmanaged?.connectorSubnet,
          },
        ]),
    ...furtherConnectors.map(({ name, subnet, ...rest }) => ({ ...rest, further: name, subnet })),
  ];
}

/**
 * Whether the connector of a workload may be on a subnet, whose Private Google Access leads it to run.app: one on a subnet of others is, and of
 * a connector of others its owner is asked. A range of its own, as a connector has in a network that is created here, has none.
 * https://docs.cloud.google.com/run/docs/securing/ingress
 */
export function hasGoogleAccess(
  { network }: Pick<Environment, "network">,
  { connector }: Pick<Workload, "connector">,
): boolean {
  const { unmanaged, furtherConnectors = [] } = network;
  if (connector === undefined)
    return unmanaged?.connector !== undefined || unmanaged?.connectorSubnet !== undefined;
  return furtherConnectors.some(({ name, subnet }) => name === connector && subnet !== undefined);
}

/** The network as those on a further connector have it. */
export function networkOf(
  network: Environment["network"],
  { range, name: _, subnet: __, ...connector }: FurtherConnector,
): Environment["network"] {
  const { unmanaged } = network;
  return {
    ...network,
    unmanaged: unmanaged === undefined ? undefined : { ...unmanaged, connector: undefined },
    connector,
    addresses: { ...network.addresses, connector: range },
    furtherConnectors: undefined,
  };
}
