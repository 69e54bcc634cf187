import {
  type Environment,
  type FurtherRegion,
  pathOf,
  type Service,
  type Workload,
} from "../schema/environment.ts";

/**
 * A further region as an environment of its own, from which its part of the plan is derived like that of the main one: its
 * services, with the instances they have there, and its part of the network. What is not in a region (data, jobs,
 * subscriptions, identities, hosts) is that of the whole environment, which is `main`.
 */
export function regionalEnvironment(main: Environment, further: FurtherRegion): Environment {
  const { region, addresses, connector, furtherConnectors, nat, remoteData, existing: there } = further;
  const away = remoteData?.roundTripMilliseconds ?? 0;
  const { objectives, existing } = main;
  return {
    ...main,
    main,
    region,
    regions: undefined,
    network: {
      ...main.network,
      addresses: { ...main.network.addresses, ...onlyOf(addresses) },
      connector,
      furtherConnectors,
      nat,
      unmanaged: unmanagedIn(main, further),
    },
    services: servicesIn(main, region),
    jobs: undefined,
    workerPools: undefined,
    objectives: {
      ...objectives,
      databaseMilliseconds: objectives.databaseMilliseconds + away,
      cacheMilliseconds: objectives.cacheMilliseconds + away,
    },
    existing: {
      ...existing,
      connector: there?.connector,
      connectors: there?.connectors,
      directEgress: there?.directEgress,
      router: there?.router,
      nat: there?.nat,
      natAddresses: there?.natAddresses ?? [],
    },
  };
}

/** Without what the region does not have, so that the ranges of the main region do not stand in for it. */
function onlyOf({ connector, directEgress }: FurtherRegion["addresses"]) {
  return { connector, directEgress };
}

/** The network of others with what it has in the region, and without what it has in the main one. */
function unmanagedIn({ network }: Environment, further: FurtherRegion): Environment["network"]["unmanaged"] {
  if (network.unmanaged === undefined) return undefined;
  const { directEgress, connector, connectorSubnet, nat } = further.unmanaged ?? {};
  return { ...network.unmanaged, directEgress, connector, connectorSubnet, nat };
}

/** A service as it is in a further region; undefined where it does not run there. */
function inRegion(service: Service, { region, furtherConnectors = [] }: FurtherRegion): Service | undefined {
  const found = service.regions?.find((one) => one.region === region);
  if (found === undefined) return undefined;
  return {
    ...service,
    instances: found.instances ?? service.instances,
    connector: furtherConnectors.some(({ name }) => name === service.connector)
      ? service.connector
      : undefined,
    // Pub/Sub and Eventarc send each message to one address: that of the main region.
    subscriptions: undefined,
    events: undefined,
  };
}

/** The services of a region, with the instances that they have there. */
export function servicesIn(
  { region: main, services, regions = [] }: Pick<Environment, "region" | "services" | "regions">,
  region: string,
): Service[] {
  if (region === main) return services;
  const further = regions.find((one) => one.region === region);
  return further === undefined ? [] : services.flatMap((service) => inRegion(service, further) ?? []);
}

/** Whether the environment, or the one that it is a region of, has further regions. */
function hasFurtherRegions({ main, regions = [] }: Pick<Environment, "main" | "regions">): boolean {
  return main !== undefined || regions.length > 0;
}

/**
 * Name of a service in its region, unique in the environment: "api" in the main region, "api-europe-west1" in a further one.
 * Rollouts, their ledger and Terraform variables use it.
 */
export function regionalName({ main, region }: Pick<Environment, "main" | "region">, name: string): string {
  return main === undefined ? name : `${name}-${region}`;
}

/**
 * The services of every region, one entry for each region; those of further regions are named "api in europe-west1". What all
 * regions share, the database, counts them all.
 */
export function servicesEverywhere({
  services,
  regions = [],
}: Pick<Environment, "services" | "regions">): Service[] {
  if (regions.length === 0) return services;
  const named = regions.flatMap((further) =>
    services.flatMap((service) => {
      const there = inRegion(service, further);
      return there === undefined ? [] : [{ ...there, name: `${service.name} in ${further.region}` }];
    }),
  );
  return [...services, ...named];
}

/** Where a further region is written: ["regions", 0]. */
export function pathOfRegion({ main, region }: Pick<Environment, "main" | "region">): (string | number)[] {
  return ["regions", main?.regions?.findIndex((further) => further.region === region) ?? -1];
}

/** Where connector and ranges are written: below "network", or in an entry of "regions". */
export function pathOfNetwork(place: Pick<Environment, "main" | "region">): (string | number)[] {
  return place.main === undefined ? ["network"] : pathOfRegion(place);
}

/** Where people read what a region has of the network: "network" for the main one, "regions.europe-west1" for another. */
export function networkSetting({ main, region }: Pick<Environment, "main" | "region">): string {
  return main === undefined ? "network" : `regions.${region}`;
}

/** Where people read how many instances a service has in the region: "services.api.instances". */
export function instancesSetting(
  { main, region }: Pick<Environment, "main" | "region">,
  { name, regions = [] }: Service,
): string {
  const isOwn = regions.some((one) => one.region === region && one.instances !== undefined);
  return `services.${name}${main !== undefined && isOwn ? `.regions.${region}` : ""}.instances`;
}

/**
 * Labels that tell the resources of this region from those of the same names in others; none where there is one region.
 *
 * @param label as the type of the resource calls its region
 */
export function regionLabels(
  environment: Pick<Environment, "main" | "region" | "regions">,
  label: "location" | "region" = "location",
): Readonly<Record<string, string>> {
  return hasFurtherRegions(environment) ? { [label]: environment.region } : {};
}

/** Where a workload is written, also where it is the view of one of its regions. */
export function pathOfNamed(
  environment: Pick<Environment, "services" | "jobs" | "workerPools">,
  workload: Workload,
): (string | number)[] {
  const own = pathOf(environment, workload);
  if (own[1] !== -1) return own;
  return ["services", environment.services.findIndex(({ name }) => name === workload.name)];
}

/** " in europe-west1" in a further region, and nothing in the main one. */
export function inFurther({ main, region }: Pick<Environment, "main" | "region">): string {
  return main === undefined ? "" : ` in ${region}`;
}
