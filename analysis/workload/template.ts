import { type Block, isUnknown } from "../../graph/index.ts";
import { cloudRunLimits } from "../../resources/limits.ts";
import { list } from "../lists.ts";
import { absent, entry, isKnown, secretsOf, secretVariable } from "./values.ts";
import type { Container, Probe, SecretUse, Variable } from "./workload.ts";

/** How the two generations of the Cloud Run API spell what a container holds. */
export interface Spelling {
  /** Block of an environment variable whose value comes from a secret. */
  readonly valueSource: "value_source" | "value_from";
  /** Attributes of `secret_key_ref`. */
  readonly secretKey: readonly [secret: string, version: string];
  /** Attributes of a volume's secret: its id, and the version of a file. */
  readonly secretFile: readonly [secret: string, version: string];
}

/** What both generations write alike in the template of a revision or task. */
export function readTemplate(template: Block, spelling: Spelling, takesRequests: boolean) {
  const containers = template.blocks("containers").map((block, _, all): Container => {
    const limits = block.get("resources.limits");
    return {
      block,
      env: block.blocks("env").flatMap((variable) => variableOf(variable, spelling)),
      envKnown: isKnown(block.get("env")),
      cpu: block.get("resources.limits.cpu"),
      memory: block.get("resources.limits.memory"),
      limitsKnown: !isUnknown(limits),
      gpu: !isUnknown(limits) && entry(limits, "nvidia.com/gpu") !== undefined,
      probes: probesOf(block),
      mounts: block.blocks("volume_mounts"),
      dependsOn: list(block.get("depends_on")),
      takesRequests: takesRequests && (all.length === 1 || block.blocks("ports").length > 0),
    };
  });
  return {
    ...absent,
    template,
    containers,
    containersKnown: isKnown(template.get("containers")),
    volumes: template.blocks("volumes"),
    volumesKnown: isKnown(template.get("volumes")),
    secrets: [...secretsOf(containers), ...fileSecrets(template, spelling)],
    gpu: hasGpu(template, containers),
  };
}

function variableOf(block: Block, { valueSource, secretKey }: Spelling): Variable[] {
  const from = block.blocks(`${valueSource}.secret_key_ref`)[0];
  const name = block.string("name");
  if (from !== undefined) return secretVariable(name, from.get(secretKey[0]), from.get(secretKey[1]));
  return name === undefined ? [] : [{ name, value: block.get("value"), secret: undefined }];
}

/** The secrets that a template mounts as files. */
function fileSecrets(template: Block, { secretFile: [secret, version] }: Spelling): SecretUse[] {
  return template.blocks("volumes").flatMap((volume) =>
    volume.blocks("secret").map((block) => ({
      place: `volume ${volume.string("name") ?? "of secrets"}`,
      secret: block.get(secret),
      version: block.get(`items.${version}`),
      project: undefined,
    })),
  );
}

/** Whether a GPU is attached; undefined where that cannot be known. */
function hasGpu(template: Block, containers: readonly Container[]): boolean | undefined {
  const selector = template.get("node_selector");
  const isSelected = template.blocks("node_selector").some(({ values }) => Object.keys(values).length > 0);
  if (isSelected || containers.some(({ gpu }) => gpu)) return true;
  return isUnknown(selector) || !containers.every(({ limitsKnown }) => limitsKnown) ? undefined : false;
}

function probesOf(container: Block): Probe[] {
  return (["startup", "liveness", "readiness"] as const).flatMap((kind) =>
    container
      .blocks(`${kind}_probe`)
      .slice(0, 1)
      .map((block) => {
        const period = field(block, "period_seconds", cloudRunLimits.defaultProbePeriod.value);
        const threshold = field(block, "failure_threshold", cloudRunLimits.defaultProbeThreshold.value);
        return {
          kind,
          block,
          delay: field(block, "initial_delay_seconds", 0),
          period,
          timeout: field(block, "timeout_seconds", cloudRunLimits.defaultProbeTimeout.value),
          threshold,
          window: period === undefined || threshold === undefined ? undefined : period * threshold,
        };
      }),
  );
}

/** Zero is what the API takes for "not set". */
function field(block: Block, name: string, otherwise: number): number | undefined {
  return isUnknown(block.get(name)) ? undefined : block.number(name) || otherwise;
}
