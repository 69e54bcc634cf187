import { Block, isUnknown, type Resource } from "../../graph/index.ts";
import { cloudRunLimits } from "../../resources/limits.ts";
import { ingressOf } from "./cloud-run.ts";
import {
  absent,
  isKnown,
  networkInterface,
  scalingOf,
  secretsOf,
  secretVariable,
  timeoutOf,
  vpcAccessOf,
  written,
} from "./values.ts";
import type { Container, Variable, Workload } from "./workload.ts";

/** What the two generations call their settings. */
const NAMES = {
  1: { path: "", timeout: "timeout", min: "min_instances", max: "max_instances" },
  2: {
    path: "service_config.",
    timeout: "timeout_seconds",
    min: "min_instance_count",
    max: "max_instance_count",
  },
} as const;

/** A function is a workload with one container, which Google builds. */
export function cloudFunction(resource: Resource, generation: 1 | 2): Workload {
  const { path, timeout, min, max } = NAMES[generation];
  const settings = generation === 1 ? resource : (resource.blocks("service_config")[0] ?? new Block({}));
  const megabytes = settings.number("available_memory_mb");
  const container: Container = {
    block: new Block({}),
    env: variablesOf(settings),
    envKnown: isKnown(settings.get("environment_variables")),
    cpu: settings.get("available_cpu"),
    memory: megabytes === undefined ? settings.get("available_memory") : `${megabytes}Mi`,
    limitsKnown: true,
    gpu: false,
    probes: [],
    mounts: [],
    dependsOn: [],
    takesRequests: true,
  };
  const ends = resource.blocks("event_trigger").length > 0 ? "task" : "request";
  const byDefault = cloudRunLimits.defaultFunctionTimeout.value;
  const connector = written(settings.get("vpc_connector"));
  const concurrency = "max_instance_request_concurrency";
  return {
    ...absent,
    resource,
    kind: "function",
    generation,
    label: "function",
    template: settings,
    containers: [container],
    scaling: scalingOf(settings.get(min), settings.get(max), `${path}${max}`),
    timeout: {
      ...timeoutOf(settings, timeout, ends, byDefault, settings.number(timeout)),
      attribute: `${path}${timeout}`,
    },
    concurrency: { attribute: concurrency, value: settings.get(concurrency) },
    ingress: ingressOf(settings.get("ingress_settings")),
    vpcAccess: vpcAccessOf(
      connector,
      settings.blocks("direct_vpc_network_interface").map(networkInterface),
      settings.get("vpc_connector_egress_settings"),
      isKnown(connector),
    ),
    secrets: [
      ...secretsOf([container]),
      ...settings.blocks("secret_volumes").map((block) => ({
        place: `volume ${block.string("mount_path") ?? "of secrets"}`,
        secret: block.get("secret"),
        version: block.get("versions.version"),
        project: block.get("project_id"),
      })),
    ],
    serviceAccount: written(settings.get("service_account_email")),
  };
}

function variablesOf(settings: Block): Variable[] {
  const plain = settings.get("environment_variables");
  // Of a map that is known after apply as a whole, what it refers to is known.
  const named = isUnknown(plain) ? { environment_variables: plain } : typeof plain === "object" ? plain : {};
  return [
    ...Object.entries(named).map(([name, value]) => ({ name, value, secret: undefined })),
    ...settings
      .blocks("secret_environment_variables")
      .flatMap((block) =>
        secretVariable(
          block.string("key"),
          block.get("secret"),
          block.get("version"),
          block.get("project_id"),
        ),
      ),
  ];
}
