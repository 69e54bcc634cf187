import type { Attributes } from "./attributes.ts";
import { custom, form, range } from "./constraints/index.ts";
import type { FieldRule } from "./resource-type.ts";

const GPU_DOC = "https://docs.cloud.google.com/run/docs/configuring/services/gpu";

/** Regions with GPUs of Cloud Run, to which others are added from time to time. */
const GPU_REGIONS: Readonly<Record<string, readonly string[]>> = {
  "nvidia-l4": ["asia-south1", "asia-southeast1", "europe-west1", "europe-west4", "us-central1", "us-east4"],
};

function* gpuElsewhere(accelerator: string | undefined, region: string | undefined) {
  const regions = GPU_REGIONS[accelerator ?? ""];
  if (regions === undefined || region === undefined || regions.includes(region)) return;
  yield {
    found: `node_selector.accelerator is "${accelerator}" in ${region}`,
    because: `the regions that are documented for it are ${regions.join(", ")}`,
    fix: `Run it in ${regions[2]}, or make sure that ${region} has it by now.`,
  };
}

const LIMITS = ["cpu", "memory", "nvidia.com/gpu"];

function* wrongLimits(resource: Attributes, template: string) {
  for (const container of resource.blocks(`${template}.containers`)) {
    const limits = container.isUnknown("resources.limits") ? undefined : container.get("resources.limits");
    for (const [name, value] of Object.entries(limits ?? {}))
      if (!LIMITS.includes(name))
        yield {
          found: `resources.limits has "${name}"`,
          because: `a container has ${LIMITS.join(", ")}`,
          fix: 'Write for example limits = { cpu = "1", memory = "512Mi" }.',
        };
      else if (name === "nvidia.com/gpu" && /^[2-9]$/.test(String(value)))
        yield {
          found: `nvidia.com/gpu is ${String(value)}`,
          because: "an instance has one GPU",
          fix: 'Set "nvidia.com/gpu" = "1".',
        };
  }
}

/** What only the API reads in the template of a service, a job or a worker pool, at its path: "template". */
export function runTemplate(template: string): FieldRule {
  return {
    id: "service/template-words",
    why: "Cloud Run mounts secrets at relative paths and has accelerators of its own names; the provider takes any text.",
    source: "https://docs.cloud.google.com/run/docs/reference/rest/v2/Volume",
    constraints: [
      custom(
        "containers.resources.limits: cpu, memory and one nvidia.com/gpu",
        (resource) => wrongLimits(resource, template),
        { source: GPU_DOC },
      ),
      ...["startup_probe", "liveness_probe", "readiness_probe"].flatMap((probe) =>
        ["tcp_socket", "http_get", "grpc"].map((kind) =>
          range("port", {
            within: `${template}.containers[].${probe}.${kind}`,
            low: 1,
            high: 65_535,
            zeroIsUnset: true,
          }),
        ),
      ),
      form("path", /^(?!\/)(?!(.*\/)?\.\.(\/|$))[^\0]+$/, {
        within: `${template}.volumes[].secret.items[]`,
        form: "a relative path without ..",
        examples: ["config.yaml"],
      }),
      form("accelerator", /^nvidia-(?!tesla-)[a-z0-9-]+$/, {
        within: `${template}.node_selector`,
        form: "an accelerator of Cloud Run",
        examples: ["nvidia-l4"],
        source: GPU_DOC,
      }),
      custom(
        "node_selector.accelerator: a region where Cloud Run has it",
        (resource, location) =>
          gpuElsewhere(resource.string(`${template}.node_selector.accelerator`), location.region),
        {
          severity: "warning",
          source: GPU_DOC,
        },
      ),
    ],
  };
}
