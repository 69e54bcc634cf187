import type { Attributes } from "./attributes.ts";
import type { Fault } from "./constraints/constraint.ts";
import { custom, form } from "./constraints/index.ts";
import type { FieldRule } from "./resource-type.ts";

const SOURCE = "https://docs.cloud.google.com/compute/docs/general-purpose-machines";

/** "standard 2 4 8" as "standard-2", "standard-4", "standard-8". */
function sizes(...kinds: readonly string[]): readonly string[] {
  return kinds.flatMap((kind) => {
    const [name, ...numbers] = kind.split(" ");
    return numbers.map((number) => `${name}-${number}`);
  });
}

const N2D = "2 4 8 16 32 48 64 80 96 128 224";
const C2D = "2 4 8 16 32 56 112";

/**
 * The predefined machine types of series to which no sizes are added any more. Of other series nothing is said.
 * https://docs.cloud.google.com/compute/docs/machine-resource
 */
const SERIES: Readonly<Record<string, readonly string[]>> = {
  e2: [
    "micro",
    "small",
    "medium",
    ...sizes("standard 2 4 8 16 32", "highmem 2 4 8 16", "highcpu 2 4 8 16 32"),
  ],
  n1: [
    ...sizes("standard 1 2 4 8 16 32 64 96", "highmem 2 4 8 16 32 64 96", "highcpu 2 4 8 16 32 64 96"),
    ...sizes("megamem 96", "ultramem 40 80 160"),
  ],
  n2: sizes(
    "standard 2 4 8 16 32 48 64 80 96 128",
    "highmem 2 4 8 16 32 48 64 80 96 128",
    "highcpu 2 4 8 16 32 48 64 80 96",
  ),
  n2d: sizes(`standard ${N2D}`, "highmem 2 4 8 16 32 48 64 80 96", `highcpu ${N2D}`),
  t2d: sizes("standard 1 2 4 8 16 32 48 60"),
  t2a: sizes("standard 1 2 4 8 16 32 48"),
  c2: sizes("standard 4 8 16 30 60"),
  c2d: sizes(`standard ${C2D}`, `highmem ${C2D}`, `highcpu ${C2D}`),
  g2: sizes("standard 4 8 12 16 24 32 48 96"),
  a2: [...["1g", "2g", "4g", "8g"].flatMap((gpus) => [`highgpu-${gpus}`, `ultragpu-${gpus}`]), "megagpu-16g"],
  f1: ["micro"],
  g1: ["small"],
};

/** e2-custom-4-8192, n2-custom-8-65536-ext, e2-custom-small-2048. */
const CUSTOM = /^custom-(?:\d+|micro|small|medium)-\d+(?:-ext)?$/;

/** What is wrong with a machine type that is certainly none. */
function missing(type: string): string | undefined {
  const name = type.split("/").at(-1) ?? "";
  if (/^custom-\d+-\d+(?:-ext)?$/.test(name) || name === "") return undefined;
  const [, series = "", size = ""] = /^([a-z]\d[a-z]?)-(.+)$/.exec(name) ?? [];
  const known = SERIES[series];
  if (known !== undefined)
    return known.includes(size) || CUSTOM.test(size) ? undefined : nearest(series, size);
  // Every other series has names of the form SERIES-KIND-SIZE.
  return /^[a-z]\d+[a-z]?[-_](?:standard|highmem|highcpu)_?\d+$|^[a-z]\d+[a-z]?_/.test(name)
    ? 'a type has the form SERIES-KIND-SIZE, for example "e2-standard-4"'
    : undefined;
}

function nearest(series: string, size: string): string {
  const [, kind = "", number = ""] = /^([a-z]+)-?(\d*)/.exec(size) ?? [];
  const ofKind = (SERIES[series] ?? []).filter((one) => one.startsWith(`${kind}-`));
  const larger = ofKind.find((one) => Number(/\d+/.exec(one)?.[0]) >= Number(number)) ?? ofKind.at(-1);
  const kinds = [...new Set((SERIES[series] ?? []).map((one) => one.split("-")[0]))].join(", ");
  return larger === undefined
    ? `the series ${series} has ${kinds} only`
    : `the series ${series} has no such size; the next one is "${series}-${larger}"`;
}

/** GPUs that are attached to machines of one series only, by their type. https://docs.cloud.google.com/compute/docs/gpus */
const ATTACHED: readonly (readonly [gpu: RegExp, series: RegExp, name: string])[] = [
  [/^nvidia-tesla-(?:t4|p4|v100|p100|k80)(?:-vws)?$/, /^(?:n1-|custom-)/, "n1-standard-8"],
  [/^nvidia-l4(?:-vws)?$/, /^g2-/, "g2-standard-8"],
  [/^nvidia-(?:tesla-a100|a100-80gb)$/, /^a2-/, "a2-highgpu-1g"],
];

function* machines(type: string | undefined, resource: Attributes): Iterable<Fault> {
  if (type === undefined) return;
  const because = missing(type);
  if (because !== undefined) {
    yield {
      found: `machine_type is "${type}"`,
      because,
      fix: "Write a machine type that there is, for example e2-standard-4.",
    };
    return;
  }
  const series = type.split("/").at(-1) ?? "";
  for (const accelerator of resource.blocks("guest_accelerator")) {
    const gpu = accelerator.string("type")?.split("/").at(-1) ?? "";
    const [, fits, example] = ATTACHED.find(([pattern]) => pattern.test(gpu)) ?? [];
    if (fits === undefined || fits.test(series) || accelerator.number("count") === 0) continue;
    yield {
      found: `guest_accelerator is ${gpu} with machine_type "${type}"`,
      because: "this GPU is attached to machines of another series only",
      fix: `Set machine_type to one of that series, for example "${example}".`,
    };
  }
}

function* migrating(resource: Attributes): Iterable<Fault> {
  const hasGpu = resource.blocks("guest_accelerator").some((one) => (one.number("count") ?? 0) > 0);
  if (!hasGpu || resource.string("scheduling.on_host_maintenance") !== "MIGRATE") return;
  yield {
    found: "scheduling.on_host_maintenance is MIGRATE with a guest_accelerator",
    because: "a machine with a GPU is not migrated",
    fix: 'Set on_host_maintenance = "TERMINATE".',
  };
}

/** Machine types of Compute Engine in an attribute of a resource, or of a block in it, with the GPUs next to it. */
export function machineTypes(within?: string): FieldRule {
  const place = within === undefined ? {} : { within };
  return {
    id: "capacity/machine-type",
    why: "The provider takes any text for a machine type, and the API rejects one that its series does not have, or that does not take the GPU next to it.",
    source: SOURCE,
    constraints: [
      custom(
        `${within === undefined ? "" : `${within}.`}machine_type: a size that its series has, and a series that takes the guest_accelerator`,
        (resource) => machines(resource.string("machine_type"), resource),
        place,
      ),
      ...(within === undefined
        ? [
            custom("scheduling.on_host_maintenance: TERMINATE with a guest_accelerator", migrating, {
              source: "https://docs.cloud.google.com/compute/docs/gpus/create-vm-with-gpus",
            }),
            custom("machine_type: a series with Confidential VM, where that is enabled", confidential, {
              source:
                "https://docs.cloud.google.com/confidential-computing/confidential-vm/docs/supported-configurations",
            }),
          ]
        : []),
    ],
  };
}

/** The type of a disk, by its name or self link. */
export function diskTypes(attribute: string, within?: string): FieldRule {
  return {
    id: "capacity/disk-type",
    why: "The provider takes any text for the type of a disk, and the API knows Persistent Disk and Hyperdisk.",
    source: "https://docs.cloud.google.com/compute/docs/disks",
    constraints: [
      form(attribute, /^(?:.*\/)?(?:pd-(?:standard|balanced|ssd|extreme)|hyperdisk-[a-z-]+|local-ssd)$/, {
        ...(within === undefined ? {} : { within }),
        form: "a type of Persistent Disk or Hyperdisk",
        examples: ["pd-balanced", "pd-ssd", "hyperdisk-balanced"],
      }),
    ],
  };
}

/** Series without a processor that encrypts memory. */
const NOT_CONFIDENTIAL = /^(?:.*\/)?(?:e2|n1|n2|c2|t2d|t2a|f1|g1|g2|custom)-/;

function* confidential(resource: Attributes): Iterable<Fault> {
  const type = resource.string("machine_type");
  const isAsked = resource.boolean("confidential_instance_config.enable_confidential_compute") === true;
  if (!isAsked || type === undefined || !NOT_CONFIDENTIAL.test(type)) return;
  yield {
    found: `confidential_instance_config is enabled with machine_type "${type}"`,
    because: "machines of this series do not encrypt their memory",
    fix: 'Set machine_type to one of N2D, C2D, C3 or C3D, for example "n2d-standard-4".',
  };
}
