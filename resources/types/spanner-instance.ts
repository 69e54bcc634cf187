import type { Attributes } from "../attributes.ts";
import { custom, order } from "../constraints/index.ts";
import { regionForm } from "../places.ts";
import type { ResourceType } from "../resource-type.ts";

const LIMITS = "autoscaling_config.autoscaling_limits";
/** Processing units of a node; smaller instances take steps of a tenth. */
const NODE = 1000;
const STEP = 100;

/** Instance of Spanner. */
export const spannerInstance: ResourceType = {
  type: "google_spanner_instance",
  label: "database",
  deleteImpact: { destroyed: "the data in it are deleted", holdsData: true },
  fieldRules: [
    {
      id: "capacity/spanner-units",
      why: "Spanner has capacity in steps, in configurations with names of their own; the provider checks neither.",
      source: "https://docs.cloud.google.com/spanner/docs/compute-capacity",
      constraints: [
        custom(
          `processing_units: a multiple of ${STEP} below ${NODE} and of ${NODE} above; min_processing_units and max_processing_units: multiples of ${NODE}`,
          units,
        ),
        custom("edition: ENTERPRISE_PLUS in several regions", severalRegions, {
          source: "https://docs.cloud.google.com/spanner/docs/editions-overview",
        }),
        order(`${LIMITS}.min_processing_units`, `${LIMITS}.max_processing_units`, { orEqual: true }),
        order(`${LIMITS}.min_nodes`, `${LIMITS}.max_nodes`, { orEqual: true }),
        custom("config: the name of a configuration, regional-REGION for one region", bareRegion, {
          source: "https://docs.cloud.google.com/spanner/docs/instance-configurations",
        }),
      ],
    },
  ],
};

function* units(instance: Attributes) {
  for (const [path, isLimit] of [
    ["processing_units", false],
    [`${LIMITS}.min_processing_units`, true],
    [`${LIMITS}.max_processing_units`, true],
  ] as const) {
    const value = instance.number(path);
    if (value === undefined || value <= 0) continue;
    const step = value < NODE && !isLimit ? STEP : NODE;
    if (value % step !== 0)
      yield {
        found: `${path} is ${value}`,
        because: `capacity has steps of ${step} processing units here`,
        fix: `Write ${Math.ceil(value / step) * step}.`,
      };
  }
}

function* bareRegion(instance: Attributes) {
  const config = instance.string("config")?.split("/").at(-1) ?? "";
  if (!config.startsWith("regional-") && regionForm.test(config))
    yield {
      found: `config is "${instance.string("config")}"`,
      because: "that is a region, and no instance configuration",
      fix: `Write "regional-${config}".`,
    };
}

function* severalRegions(instance: Attributes) {
  const [edition, config] = [instance.string("edition") ?? "", instance.string("config") ?? ""];
  const isSeveral = /^(?:(?:nam|eur|asia)\d|nam-eur-asia|dual-region-)/.test(config.split("/").at(-1) ?? "");
  if (!isSeveral || (edition !== "STANDARD" && edition !== "ENTERPRISE")) return;
  yield {
    found: `edition is ${edition} with config "${config}"`,
    because: "only ENTERPRISE_PLUS is in several regions",
    fix: 'Set edition = "ENTERPRISE_PLUS", or config to one region.',
  };
}
