import { cloudRunLimits, cloudRunMemoryByCpu } from "../../resources/limits.ts";
import { enumerated } from "../../values/enumerated.ts";
import { suggestion } from "../../values/nearest.ts";
import type { Issue, Path } from "../issue.ts";
import { secretVariable } from "../names.ts";
import {
  type Environment,
  isJob,
  isWorkerPool,
  pathOf,
  type Sidecar,
  type Workload,
  workloads,
} from "../schema/environment.ts";
import { type Mebibytes, memoryQuantity } from "../units.ts";
import { instanceSize } from "../workloads/sidecars.ts";

type Plan = Pick<Environment, "services" | "jobs" | "workerPools">;

/** Containers of an instance that fit into it together, start in an order, and share what can be shared. */
export function sidecarIssues(plan: Plan): Issue[] {
  return workloads(plan).flatMap((workload) => {
    const path = pathOf(plan, workload);
    const { sidecars = [] } = workload;
    return [
      ...waits(workload, path, workload.name, workload.startsAfter ?? [], [...path, "startsAfter"]),
      ...(isWorkerPool(workload) ? probes(workload, workload, path) : []),
      ...(sidecars.length === 0 ? [] : [...sizes(workload, path), ...circles(workload, path)]),
      ...sidecars.flatMap((sidecar, index) => {
        const own: Path = [...path, "sidecars", index];
        return [
          ...named(workload, index, own),
          ...waits(workload, path, sidecar.name, sidecar.startsAfter ?? [], [...own, "startsAfter"]),
          ...ports(workload, index, own),
          ...probes(workload, sidecar, own),
          ...shares(workload, sidecar, own),
          ...variables(sidecar, own),
        ];
      }),
    ];
  });
}

function sizes(workload: Workload, path: Path): Issue[] {
  const { sidecars = [], cpu, memory } = workload;
  const whole = instanceSize(workload);
  const mostCpu = Math.max(...Object.keys(cloudRunMemoryByCpu.value).map(Number));
  const mostMemory = (cloudRunMemoryByCpu.value[mostCpu]?.[1] ?? 0) as Mebibytes;
  const kind = isJob(workload) ? "task" : "instance";
  const sum = (own: string, of: (sidecar: Sidecar) => string): string =>
    [`${workload.name} ${own}`, ...sidecars.map((sidecar) => `${sidecar.name} ${of(sidecar)}`)].join(" + ");
  const issue = {
    path: [...path, "sidecars"],
    uses: [
      [...path, "cpu"],
      [...path, "memory"],
    ],
  };
  return [
    ...(sidecars.length < cloudRunLimits.containers.value
      ? []
      : [
          {
            ...issue,
            value: `${sidecars.length} sidecars`,
            allowed: `an instance has at most ${cloudRunLimits.containers.value} containers, its own included`,
            fix: "remove some",
          },
        ]),
    ...(whole.cpu <= mostCpu
      ? []
      : [
          {
            ...issue,
            value: `${whole.cpu} vCPU`,
            allowed: `the containers of one ${kind} have together at most ${mostCpu} vCPU: ${sum(String(cpu), (each) => String(each.cpu))}`,
            fix: "lower cpu of one of them",
          },
        ]),
    ...(whole.memory <= mostMemory
      ? []
      : [
          {
            ...issue,
            value: memoryQuantity(whole.memory),
            allowed: `the containers of one ${kind} have together at most ${memoryQuantity(mostMemory)}: ${sum(memoryQuantity(memory), (each) => memoryQuantity(each.memory))}`,
            fix: "lower memory of one of them",
          },
        ]),
  ];
}

function named({ name, sidecars = [] }: Workload, index: number, path: Path): Issue[] {
  const own = sidecars[index]?.name;
  const first = sidecars.findIndex((sidecar) => sidecar.name === own);
  const owner = own === name ? "its own container" : first < index ? `sidecars[${first}]` : undefined;
  if (owner === undefined) return [];
  return [
    {
      path: [...path, "name"],
      value: `"${own}"`,
      allowed: `${owner} has this name already`,
      fix: "give each container its own name",
    },
  ];
}

/** Names of containers that another one waits for. */
function waits(
  workload: Workload,
  root: Path,
  waiting: string,
  startsAfter: readonly string[],
  path: Path,
): Issue[] {
  const { name: main, sidecars = [] } = workload;
  return startsAfter.flatMap((name, position): Issue[] => {
    const own = { path: [...path, position], value: `"${name}"` };
    const withoutPort = (awaited: string): Issue => ({
      ...own,
      allowed: `${awaited} has no port, and Cloud Run starts the next container once the one before it answers its start-up probe`,
      fix: `add port to ${awaited}: the start-up probe opens it`,
      uses: [[...root, "sidecars"]],
    });
    if (name === waiting)
      return [{ ...own, allowed: "a container cannot wait for itself", fix: "remove it" }];
    if (startsAfter.indexOf(name) !== position)
      return [{ ...own, allowed: "it is in this list already", fix: "remove it" }];
    if (name === main && isJob(workload))
      return [
        {
          ...own,
          allowed: "the container of a job has no start-up probe, so that nothing can wait for it",
          fix: "remove it, or let the job wait for the sidecar (startsAfter of the job)",
        },
      ];
    if (name === main)
      return isWorkerPool(workload) && workload.port === undefined ? [withoutPort(main)] : [];
    const known = sidecars.map((sidecar) => sidecar.name);
    const awaited = sidecars.find((sidecar) => sidecar.name === name);
    if (awaited === undefined)
      return [
        {
          ...own,
          allowed: `${main} has no container of this name`,
          fix:
            known.length === 0
              ? "add sidecars, or remove it"
              : suggestion(
                  name,
                  [main, ...known].filter((other) => other !== waiting),
                ),
        },
      ];
    return awaited.port === undefined ? [withoutPort(name)] : [];
  });
}

function circles(workload: Workload, path: Path): Issue[] {
  const after = new Map<string, readonly string[]>([
    [workload.name, workload.startsAfter ?? []],
    ...(workload.sidecars ?? []).map(({ name, startsAfter = [] }) => [name, startsAfter] as const),
  ]);
  const left = new Set(after.keys());
  // One that waits for itself is reported for that.
  for (const _ of after)
    for (const [name, awaited] of after)
      if (awaited.every((other) => !left.has(other) || other === name)) left.delete(name);
  if (left.size === 0) return [];
  return [
    {
      path: [...path, "sidecars"],
      value: enumerated([...left]),
      allowed: "they wait for each other (startsAfter), so that none of them starts first",
      fix: "remove one of startsAfter",
      uses: [[...path, "startsAfter"]],
    },
  ];
}

/** All containers of an instance are on one localhost. */
function ports(workload: Workload, index: number, path: Path): Issue[] {
  const { sidecars = [] } = workload;
  const own = sidecars[index]?.port;
  if (own === undefined) return [];
  const first = sidecars.findIndex(({ port }) => port === own);
  const owner =
    "port" in workload && workload.port === own
      ? `${workload.name} (port)`
      : first < index
        ? `${sidecars[first]?.name} (port)`
        : undefined;
  if (owner === undefined) return [];
  return [
    {
      path: [...path, "port"],
      value: String(own),
      allowed: `${owner} has it, and the containers of an instance share one localhost`,
      fix: "choose another port",
      uses: !("port" in workload) ? [] : [[...path.slice(0, -2), "port"]],
    },
  ];
}

interface Probed extends Pick<Sidecar, "name" | "port" | "livenessProbe"> {
  readonly startupProbe?: Probe | undefined;
}

interface Probe extends Omit<NonNullable<Sidecar["startupProbe"]>, "failureThreshold"> {
  /** Undefined where it follows from deadlines.startupWindow. */
  readonly failureThreshold?: number;
}

function probes(
  workload: Workload,
  { name, port, startupProbe, livenessProbe }: Probed,
  path: Path,
): Issue[] {
  const issues: Issue[] = [];
  for (const [key, probe] of Object.entries<Probe | undefined>({ startupProbe, livenessProbe })) {
    if (probe === undefined) continue;
    const own = [...path, key];
    if (port === undefined)
      issues.push({
        path: own,
        value: "set",
        allowed: `${name} has no port that could be probed`,
        fix: "add port, or remove the probe",
        uses: [[...path, "port"]],
      });
    if (probe.timeout > probe.period)
      issues.push({
        path: [...own, "timeout"],
        value: `${probe.timeout} s`,
        allowed: `it must be at most the period of ${probe.period} s: Cloud Run rejects a timeout above it`,
        fix: "lower the timeout or raise the period",
        uses: [[...own, "period"]],
      });
    const { failureThreshold = 0 } = probe;
    const window = probe.period * failureThreshold;
    const longest = cloudRunLimits.startupWindow.value;
    if (key === "startupProbe" && window > longest)
      issues.push({
        path: [...own, "failureThreshold"],
        value: String(failureThreshold),
        allowed: `with the period of ${probe.period} s it is a start of ${window} s, and Cloud Run allows ${longest} s`,
        fix: `lower it to ${Math.floor(longest / probe.period)} or less`,
        uses: [[...own, "period"]],
      });
  }
  if (livenessProbe !== undefined && isJob(workload))
    issues.push({
      path: [...path, "livenessProbe"],
      value: "set",
      allowed: "the containers of a job have start-up probes only",
      fix: "remove it",
    });
  else if (livenessProbe !== undefined && livenessProbe.path === undefined)
    issues.push({
      path: [...path, "livenessProbe", "path"],
      value: "missing",
      allowed: "Cloud Run asks a container whether it is alive by HTTP; an open port says nothing",
      fix: 'write for example path: "/health"',
    });
  return issues;
}

function shares({ inMemoryVolumes = [], name }: Workload, sidecar: Sidecar, path: Path): Issue[] {
  const shared = sidecar.shares ?? [];
  const known = inMemoryVolumes.map(({ mount }) => mount);
  return shared.flatMap((mount, index): Issue[] => {
    const own = { path: [...path, "shares", index], value: `"${mount}"` };
    if (shared.indexOf(mount) !== index)
      return [{ ...own, allowed: "it is in this list already", fix: "remove it" }];
    if (known.includes(mount)) return [];
    return [
      {
        ...own,
        allowed: `${name} has no volume in memory that is mounted there`,
        fix:
          known.length === 0
            ? `add inMemoryVolumes: [{ mount: "${mount}", size: mebibytes(256) }] to ${name}, or remove it here`
            : suggestion(mount, known),
        uses: [[...path.slice(0, -2), "inMemoryVolumes"]],
      },
    ];
  });
}

/** Variables that Cloud Run sets in every container. */
const OF_CLOUD_RUN = /^(K_SERVICE|K_REVISION|K_CONFIGURATION|CLOUD_RUN_\w+)$/;

function variables({ environment, secrets }: Sidecar, path: Path): Issue[] {
  const fromSecrets = secrets.map(secretVariable);
  return Object.keys(environment).flatMap((variable): Issue[] => {
    const allowed = OF_CLOUD_RUN.test(variable)
      ? "Cloud Run sets this variable in every container"
      : fromSecrets.includes(variable)
        ? `a secret of this sidecar is passed as ${variable}`
        : /^[A-Za-z_][A-Za-z0-9_]*$/.test(variable)
          ? undefined
          : "a variable's name has letters, digits and underscores, and no digit first";
    if (allowed === undefined) return [];
    return [
      {
        path: [...path, "environment", variable],
        value: `"${environment[variable]}"`,
        allowed,
        fix: "remove or rename it",
        uses: [[...path, "secrets"]],
      },
    ];
  });
}
