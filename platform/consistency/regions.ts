import { enumerated } from "../../values/enumerated.ts";
import { nearest } from "../../values/nearest.ts";
import type { Issue, Path } from "../issue.ts";
import { bucketsOf, dataOf } from "../regions/region-data.ts";
import { regionalName } from "../regions/regions.ts";
import type { Environment, FurtherRegion, Service } from "../schema/environment.ts";

type Settings = Pick<Environment, "region" | "regions" | "services" | "jobs" | "workerPools" | "network">;

/** Longest name of a service in a further region: it is a key of the ledger of rollouts. */
const LONGEST_NAME = 40;

/** Regions that are declared twice, that no service runs in, or that a service names without a declaration. */
export function regions(environment: Settings): Issue[] {
  const declared = environment.regions ?? [];
  return [
    ...unmanagedNetwork(environment),
    ...declared.flatMap((further, index) => [
      ...declaredBefore(environment, declared, index),
      ...withoutServices(environment, further, ["regions", index, "region"]),
      ...remoteData(environment, further, ["regions", index]),
    ]),
    ...environment.services.flatMap((service, index) => ofService(environment, service, ["services", index])),
  ];
}

/** What a region has in a network that others manage, where the network is created here. */
function unmanagedNetwork({ network, regions: declared = [] }: Settings): Issue[] {
  if (network.unmanaged !== undefined) return [];
  return declared.flatMap(({ region, unmanaged }, index): Issue[] =>
    unmanaged === undefined
      ? []
      : [
          {
            path: ["regions", index, "unmanaged"],
            value: "set",
            allowed: `it names what ${region} has in a network that others manage, and without network.unmanaged the network is created here`,
            fix: "name that network in network.unmanaged, or remove this",
            uses: [["network"]],
          },
        ],
  );
}

function declaredBefore(
  { region: main }: Settings,
  declared: readonly FurtherRegion[],
  index: number,
): Issue[] {
  const region = declared[index]?.region ?? "";
  const path: Path = ["regions", index, "region"];
  const first = declared.findIndex((other) => other.region === region);
  if (region === main)
    return [
      {
        path,
        value: `"${region}"`,
        allowed: `it is the main region of this environment (region: "${main}"), in which every service runs`,
        fix: "remove this entry: what the main region needs of the network is in network",
        uses: [["region"]],
      },
    ];
  if (first === index) return [];
  return [
    {
      path,
      value: `"${region}"`,
      allowed: `regions[${first}] is this region already`,
      fix: "write one entry for each region",
      uses: [["regions", first, "region"]],
    },
  ];
}

function runsIn(service: Service, region: string): boolean {
  return (service.regions ?? []).some((one) => one.region === region);
}

function withoutServices(
  { region: main, services }: Settings,
  { region }: FurtherRegion,
  path: Path,
): Issue[] {
  if (region === main || services.some((service) => runsIn(service, region))) return [];
  return [
    {
      path,
      value: `"${region}"`,
      allowed: "no service runs in it (services.*.regions), and its network would be there for nothing",
      fix: `add regions: [{ region: "${region}" }] to a service, or remove the entry`,
      uses: [["services"]],
    },
  ];
}

/** Data is in the main region; whoever uses it from elsewhere says why that is right. */
function remoteData({ region: main, services }: Settings, further: FurtherRegion, path: Path): Issue[] {
  const { region } = further;
  const users = services.flatMap((service, index) => {
    const uses = dataOf(service);
    return runsIn(service, region) && uses.length > 0 ? [{ service, index, uses }] : [];
  });
  const [first] = users;
  if (first === undefined) {
    const usesBuckets = services.some((service) => runsIn(service, region) && bucketsOf(service).length > 0);
    if (further.remoteData === undefined || usesBuckets) return [];
    return [
      {
        path: [...path, "remoteData"],
        value: `"${further.remoteData.reason}"`,
        allowed: `no service in ${region} uses the database, the cache or a bucket`,
        fix: "remove it",
        uses: [["services"]],
      },
    ];
  }
  if (further.remoteData !== undefined || region === main) return [];
  const names = users.map(({ service }) => service.name);
  const sections = [...new Set(users.flatMap(({ uses }) => uses))];
  return [
    {
      path: [...path, "remoteData"],
      value: "missing",
      allowed: `${enumerated(names)} ${names.length === 1 ? "runs" : "run"} in ${region} and ${names.length === 1 ? "uses" : "use"} the ${enumerated(sections)} in ${main}: every query crosses regions, which takes time, is billed, and fails with ${main}`,
      fix: `say why that is right: remoteData: { reason: "reads are cached, writes are rare", roundTripMilliseconds: 100 }; or remove ${region} from services.${first.service.name}.regions`,
      uses: users.map(({ index }): Path => ["services", index]),
    },
  ];
}

function ofService(environment: Settings, service: Service, path: Path): Issue[] {
  const own = service.regions ?? [];
  return own.flatMap(({ region, instances }, position): Issue[] => {
    const at: Path = [...path, "regions", position, "region"];
    const first = own.findIndex((other) => other.region === region);
    if (region === environment.region)
      return [
        {
          path: at,
          value: `"${region}"`,
          allowed: `it is the main region of this environment (region: "${environment.region}"), in which every service runs`,
          fix: "remove it here",
          uses: [["region"]],
        },
      ];
    if (first !== position)
      return [
        {
          path: at,
          value: `"${region}"`,
          allowed: `services.${service.name}.regions[${first}] is this region already`,
          fix: "write each region once",
        },
      ];
    return [
      ...undeclaredRegion(environment, region, at),
      ...(instances === undefined || instances.min <= instances.max
        ? []
        : [
            {
              path: [...path, "regions", position, "instances", "min"],
              value: String(instances.min),
              allowed: `it must be at most instances.max, ${instances.max}`,
              fix: "lower min or raise max",
            },
          ]),
      ...regionalNames(environment, service, region, path),
    ];
  });
}

function undeclaredRegion({ regions: declared = [] }: Settings, region: string, path: Path): Issue[] {
  const names = declared.map((further) => further.region);
  if (names.includes(region)) return [];
  const entry = `{ region: "${region}", addresses: { directEgress: cidr("10.4.0.0/24") } }`;
  const near = nearest(region, names);
  return [
    {
      path,
      value: `"${region}"`,
      allowed:
        names.length === 0
          ? "this environment declares no further regions"
          : `this environment declares ${enumerated(names)}`,
      fix:
        near === undefined
          ? `add ${entry} with a free range to regions`
          : `did you mean "${near}"? Otherwise add ${entry} with a free range to regions`,
      uses: [["regions"]],
    },
  ];
}

/** Rollouts tell the regions of a service by names that must differ from those of other services and jobs. */
function regionalNames(environment: Settings, { name }: Service, region: string, path: Path): Issue[] {
  const named = regionalName({ region, main: environment as Environment }, name);
  const taken = [...environment.services, ...(environment.jobs ?? [])].some((other) => other.name === named);
  if (!taken && named.length <= LONGEST_NAME) return [];
  return [
    {
      path: [...path, "name"],
      value: `"${name}"`,
      allowed: taken
        ? `in ${region} it is "${named}" for rollouts, and another service has this name`
        : `in ${region} it is "${named}" for rollouts, ${named.length} characters, and at most ${LONGEST_NAME} are allowed`,
      fix: taken ? "rename one of them" : `shorten it by ${named.length - LONGEST_NAME}`,
      uses: [["services"]],
    },
  ];
}
