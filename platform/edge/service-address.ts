import { MAX_LABEL } from "../../resources/host-names.ts";
import { senderTo } from "../backing-services/events.ts";
import type { Issue, Path } from "../issue.ts";
import type { PlatformNames } from "../names.ts";
import { hasGoogleAccess } from "../network/connectors.ts";
import { inFurther, pathOfNamed } from "../regions/regions.ts";
import { type Environment, type Service, type Workload, workloads } from "../schema/environment.ts";

/** Where others call a service. */
export interface ServiceAddress {
  /**
   * "load balancer": at a host of its exposure. "public": at its own run.app address, open to everybody. "internal": at its own
   * run.app address, from the network only, with an ID token of an account that may invoke it.
   */
  readonly kind: "load balancer" | "public" | "internal";
  readonly url: string;
}

/** The settings that addresses are made from. */
export interface AddressParts
  extends Pick<
    Environment,
    "services" | "jobs" | "workerPools" | "region" | "main" | "projectNumber" | "delivery"
  > {
  readonly names: PlatformNames;
}

export function isInternal({ exposure, publicUrl }: Service): boolean {
  return exposure.length === 0 && publicUrl !== true;
}

/** Undefined where the address holds the project's number, and the environment does not state it. */
export function serviceAddress(plan: AddressParts, service: Service): ServiceAddress | undefined {
  const [exposure] = service.exposure;
  if (exposure !== undefined) {
    const path = (exposure.paths[0] ?? "/*").replace(/\/?\*$/, "");
    return { kind: "load balancer", url: `https://${exposure.host}${path}` };
  }
  const host = ownHost(plan, service);
  if (host === undefined) return undefined;
  return { kind: isInternal(service) ? "internal" : "public", url: `https://${host}` };
}

/**
 * Where a service of this name is called from the plan's region: there, where it runs there as well, and otherwise in the main
 * region. Undefined for a name that no service has, and where its address is not known.
 */
export function addressOfCallee(plan: AddressParts, name: string): ServiceAddress | undefined {
  const { services, main } = plan;
  const near = services.find((other) => other.name === name);
  if (near !== undefined) return serviceAddress(plan, near);
  const far = main?.services.find((other) => other.name === name);
  return main === undefined || far === undefined
    ? undefined
    : serviceAddress({ ...plan, region: main.region }, far);
}

/** The number of the project, as the environment states it for itself or for its delivery. */
export function projectNumberOf(plan: Pick<Environment, "projectNumber" | "delivery">): string | undefined {
  return plan.projectNumber ?? plan.delivery?.projectNumber;
}

/** Cloud Run's deterministic host (https://docs.cloud.google.com/run/docs/triggering/https-request). */
export function ownHost(plan: AddressParts, { name }: Pick<Service, "name">): string | undefined {
  const number = projectNumberOf(plan);
  return number === undefined ? undefined : `${plan.names.service(name)}-${number}.${plan.region}.run.app`;
}

/** The services and jobs that call an internal service: each with its own identity. */
export function callersOf(
  plan: Pick<Environment, "services" | "jobs" | "workerPools">,
  callee: Service,
): readonly Workload[] {
  if (!isInternal(callee)) return [];
  return workloads(plan).filter(({ dependsOn }) => dependsOn.includes(callee.name));
}

/** Whether a service calls another one at its run.app address through the network. */
export function hasInternalCalls(plan: Pick<Environment, "services" | "jobs" | "workerPools">): boolean {
  return plan.services.some((service) => callersOf(plan, service).length > 0);
}

type RegionParts = Pick<
  Environment,
  "services" | "jobs" | "workerPools" | "externalDependencies" | "region" | "main" | "network"
>;

/** What calls at run.app addresses need: the project's number, a short name, and Private Google Access of the caller. */
export function addressIssues(
  plan: AddressParts &
    Pick<Environment, "project" | "preflight"> &
    RegionParts & { readonly furtherRegions: readonly RegionParts[] },
): Issue[] {
  const { services, projectNumber, delivery } = plan;
  const number = projectNumberOf(plan);
  const differing: Issue[] =
    delivery === undefined || projectNumber === undefined || projectNumber === delivery.projectNumber
      ? []
      : [
          {
            path: ["projectNumber"],
            value: `"${projectNumber}"`,
            allowed: `delivery.projectNumber is "${delivery.projectNumber}", and a project has one number`,
            fix: "remove this one",
            uses: [["delivery", "projectNumber"]],
          },
        ];
  return [
    ...differing,
    ...services.flatMap((service, index) => [
      ...ofOne(service, ["services", index]),
      ...disabledAddress(plan, service, ["services", index]),
    ]),
    ...throughConnectors(plan, [plan, ...plan.furtherRegions]),
  ];

  function ofOne(service: Service, path: Path): Issue[] {
    const callers = callersOf(plan, service);
    const callee = service.name;
    const publicTwice: Issue[] =
      service.publicUrl !== true || service.exposure.length === 0
        ? []
        : [
            {
              path: [...path, "publicUrl"],
              value: "true",
              allowed:
                "it has an exposure, and its own address would lead around the load balancer and Cloud Armor",
              fix: "remove publicUrl, or the exposure",
              uses: [[...path, "exposure"]],
            },
          ];
    if (callers.length === 0 && service.publicUrl !== true) return publicTwice;
    const why =
      service.publicUrl === true ? `${callee} has publicUrl` : `${callers[0]?.name} calls ${callee}`;
    const label = `${plan.names.service(callee)}-${number}`;
    return [
      ...publicTwice,
      ...(number === undefined
        ? [
            {
              path: ["projectNumber"],
              value: "missing",
              allowed: `${why}, and the address of ${callee} holds the number of the project`,
              fix: `add it: gcloud projects describe ${plan.project} --format="value(projectNumber)"`,
            },
          ]
        : []),
      ...(number !== undefined && label.length > MAX_LABEL
        ? [
            {
              path: [...path, "name"],
              value: `"${callee}"`,
              allowed: `its host begins with "${label}", ${label.length} characters, and a label has at most ${MAX_LABEL}`,
              fix: `shorten it by ${label.length - MAX_LABEL}`,
            },
          ]
        : []),
    ];
  }
}

/** What calls a service at its run.app address, which it does not have. */
function disabledAddress(
  plan: Pick<Environment, "services" | "jobs" | "workerPools" | "preflight">,
  service: Service,
  path: Path,
): Issue[] {
  if (service.defaultUriDisabled !== true) return [];
  const [caller] = callersOf(plan, service);
  const user =
    service.publicUrl === true
      ? "publicUrl opens that address to everybody"
      : caller !== undefined
        ? `${caller.name} calls it there`
        : senderTo(service) !== undefined
          ? senderTo(service)
          : plan.preflight !== undefined
            ? "the gate of a rollout calls a new revision there (preflight)"
            : undefined;
  if (user === undefined) return [];
  return [
    {
      path: [...path, "defaultUriDisabled"],
      value: "true",
      allowed: `its run.app address is needed: ${user}`,
      fix: "remove defaultUriDisabled: ingress already keeps others out of that address",
      uses: [
        [...path, "publicUrl"],
        [...path, "exposure"],
        [...path, "subscriptions"],
        [...path, "events"],
      ],
    },
  ];
}

/** Where the network has the zone of run.app, every address there leads to Private Google Access. */
function throughConnectors(
  plan: Pick<Environment, "services" | "jobs" | "workerPools" | "externalDependencies">,
  places: readonly RegionParts[],
): Issue[] {
  if (!hasInternalCalls(plan)) return [];
  const { services, externalDependencies } = plan;
  const called = new Map([
    ...externalDependencies
      .filter(({ host }) => host.endsWith(".run.app"))
      .map(({ name, host }) => [name, host] as const),
    ...services
      .filter(({ exposure }) => exposure.length === 0)
      .map((callee) => {
        const kind = isInternal(callee) ? "the internal service" : "the run.app address of";
        return [callee.name, `${kind} ${callee.name}`] as const;
      }),
  ]);
  /** By caller and callee: where a call has no way, in the first region without one. */
  const issues = new Map<string, Issue>();
  for (const place of places)
    for (const caller of workloads(place)) {
      if (caller.path !== "connector" || hasGoogleAccess(place, caller)) continue;
      const path = pathOfNamed(plan, caller);
      for (const name of caller.dependsOn) {
        const what = called.get(name);
        const call = `${caller.name} ${name}`;
        if (what === undefined || issues.has(call)) continue;
        issues.set(call, {
          path: [...path, "path"],
          value: `"${caller.path}"`,
          allowed: `it calls ${what}, which is reached through Private Google Access of a subnet, and a connector's own range${inFurther(place)} has none`,
          fix:
            place.network.unmanaged === undefined
              ? 'write path: "direct"'
              : 'write path: "direct", or name a connector that is on a subnet',
          uses: [[...path, "dependsOn"]],
        });
      }
    }
  return [...issues.values()];
}
