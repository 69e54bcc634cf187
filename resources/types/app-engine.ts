import { parseRange } from "../../values/ranges.ts";
import type { Attributes } from "../attributes.ts";
import { anything, custom, form, order, range, required, size } from "../constraints/index.ts";
import type { FieldRule, ResourceType } from "../resource-type.ts";

const SOURCE = "https://docs.cloud.google.com/appengine/docs/standard/reference/app-yaml";
const RULE = { id: "service/app-engine", source: SOURCE } as const;

/** App Engine calls two regions by names without a number. */
export const appEngineRegions: ReadonlyMap<string, string> = new Map([
  ["us-central", "us-central1"],
  ["europe-west", "europe-west1"],
]);

const serviceName = form("service", /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/, {
  form: "1 to 63 lowercase letters, digits and hyphens, a letter first and no hyphen last",
  examples: ["default"],
});

const versionId = form("version_id", /^(?!default$|latest$|ah-)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, {
  form: "1 to 63 lowercase letters, digits and hyphens, not default or latest, and no ah- at the beginning",
  examples: ["v1"],
  source: "https://docs.cloud.google.com/appengine/docs/admin-api/reference/rest/v1/apps.services.versions",
});

/** The classes of automatic scaling begin with F, those of basic and manual scaling with B. */
function* wrongClass(version: Attributes) {
  const name = version.string("instance_class") ?? "";
  const scaling = ["automatic_scaling", "basic_scaling", "manual_scaling"].find(
    (block) => version.get(block) !== undefined,
  );
  const isAutomatic = scaling === undefined || scaling === "automatic_scaling";
  if (!/^[BF]\d/.test(name) || name.startsWith("F") === isAutomatic) return;
  yield {
    found: `instance_class is "${name}" with ${scaling ?? "automatic_scaling (the default)"}`,
    because: `it takes a class that begins with ${isAutomatic ? "F" : "B"}`,
    fix: `Set instance_class = "${isAutomatic ? name.replace("B", "F") : name.replace("F", "B")}".`,
  };
}

const version: FieldRule = {
  ...RULE,
  constraints: [
    serviceName,
    versionId,
    required(["upload_path_regex"], {
      within: "handlers[].static_files",
      because: "App Engine has to know which files are uploaded",
      fix: "Set upload_path_regex, for example to the expression of url_regex.",
    }),
    form("runtime", /^(nodejs|python|java|go|php|ruby)\d+$/, {
      form: "a language and its version, without dot and hyphen",
      examples: ["nodejs22", "python312"],
      source: "https://docs.cloud.google.com/appengine/docs/standard/lifecycle/support-schedule",
    }),
    form("instance_class", /^(F1|F2|F4|F4_1G|B1|B2|B4|B4_1G|B8)$/, {
      form: "F1, F2, F4, F4_1G, B1, B2, B4, B4_1G or B8",
      examples: ["F2"],
      source: "https://docs.cloud.google.com/appengine/docs/standard#instance_classes",
    }),
    custom("instance_class: F1 to F4_1G with automatic scaling, B1 to B8 otherwise", wrongClass),
    form("deployment.zip.source_url", /^https?:\/\/storage\.googleapis\.com\//, {
      form: "an address below https://storage.googleapis.com/",
      examples: ["https://storage.googleapis.com/acme-source/app.zip"],
      source:
        "https://docs.cloud.google.com/appengine/docs/admin-api/reference/rest/v1/apps.services.versions#ZipInfo",
    }),
    ...["cpu", "throughput"].map((measure) =>
      range(`automatic_scaling.standard_scheduler_settings.target_${measure}_utilization`, {
        low: 0.5,
        high: 0.95,
        zeroIsUnset: true,
      }),
    ),
    form("vpc_access_connector.name", /^projects\/[^/]+\/locations\/[^/]+\/connectors\/[^/]+$/, {
      form: "projects/PROJECT/locations/REGION/connectors/NAME",
      examples: ["projects/acme-orders/locations/europe-west1/connectors/main"],
    }),
    range("automatic_scaling.max_concurrent_requests", { low: 1, high: 1000, unit: "requests" }),
    order("automatic_scaling.min_pending_latency", "automatic_scaling.max_pending_latency", {
      measure: "duration",
      orEqual: true,
    }),
    order("automatic_scaling.min_idle_instances", "automatic_scaling.max_idle_instances", { orEqual: true }),
    order(
      "automatic_scaling.standard_scheduler_settings.min_instances",
      "automatic_scaling.standard_scheduler_settings.max_instances",
      { orEqual: true },
    ),
  ],
};

const flexibleVersion: FieldRule = {
  ...RULE,
  source: "https://docs.cloud.google.com/appengine/docs/flexible/reference/app-yaml",
  constraints: [
    serviceName,
    versionId,
    required(["network.name"], {
      when: { "network.subnetwork": [anything] },
      because: "a subnet is one of a network",
      fix: "Set name to the network of the subnet.",
    }),
    order("automatic_scaling.min_total_instances", "automatic_scaling.max_total_instances", {
      orEqual: true,
    }),
    range("automatic_scaling.cpu_utilization.target_utilization", { low: 0, high: 1 }),
    ...["liveness_check", "readiness_check"].map((check) =>
      order(`${check}.timeout`, `${check}.check_interval`, { measure: "duration" }),
    ),
  ],
};

/** Shares of the requests, each with two decimals at most by address and three by cookie. */
function* wrongShares(service: Attributes) {
  const written = service.isUnknown("split.allocations") ? undefined : service.get("split.allocations");
  const shares = Object.values(written ?? {}).map((share) =>
    typeof share === "string" || typeof share === "number" ? Number(share) : Number.NaN,
  );
  const sum = shares.reduce((all, share) => all + share, 0);
  if (shares.length === 0 || Number.isNaN(sum) || Math.abs(sum - 1) < 0.0005) return;
  yield {
    found: `split.allocations add up to ${Math.round(sum * 1000) / 1000}`,
    because: "the shares of all versions are 1 together",
    fix: "Let them add up to 1.",
  };
}

/** App Engine. */
export const appEngine: readonly ResourceType[] = [
  {
    type: "google_app_engine_application",
    label: "App Engine application",
    nameAttribute: null,
    fieldRules: [
      {
        ...RULE,
        why: "App Engine has names and bounds of its own, which the provider does not check.",
        source: "https://docs.cloud.google.com/appengine/docs/standard/locations",
        constraints: [
          custom(
            `location_id: ${[...appEngineRegions.keys()].join(" and ")} without a number`,
            function* (application) {
              for (const [name, region] of appEngineRegions)
                if (application.string("location_id") === region)
                  yield {
                    found: `location_id is "${region}"`,
                    because: `App Engine calls that region ${name}`,
                    fix: `Write location_id = "${name}".`,
                  };
            },
          ),
        ],
      },
    ],
  },
  {
    type: "google_app_engine_firewall_rule",
    label: "firewall rule",
    nameAttribute: null,
    fieldRules: [
      {
        ...RULE,
        constraints: [
          range("priority", { low: 1, high: 2147483647 }),
          custom("source_range: * or a range", function* (rule) {
            const range = rule.string("source_range") ?? "*";
            if (range === "*" || range.includes(":") || parseRange(range) !== undefined) return;
            yield {
              found: `source_range is "${range}"`,
              because: "it is no range of addresses",
              fix: 'Write a range, for example "203.0.113.0/24", or "*".',
            };
          }),
        ],
      },
    ],
  },
  {
    type: "google_app_engine_application_url_dispatch_rules",
    label: "dispatch rules",
    nameAttribute: null,
    fieldRules: [
      {
        ...RULE,
        source: "https://docs.cloud.google.com/appengine/docs/standard/reference/dispatch-yaml",
        constraints: [
          size("dispatch_rules", "entries", { high: 20, fix: "Merge rules of one service." }),
          form("path", /^\/[^*\0]*\*?$/, {
            within: "dispatch_rules[]",
            form: "a path that begins with /, with * at its end only",
            examples: ["/api/*"],
          }),
        ],
      },
    ],
  },
  {
    type: "google_app_engine_service_split_traffic",
    label: "traffic split",
    nameAttribute: "service",
    fieldRules: [
      {
        ...RULE,
        source: "https://docs.cloud.google.com/appengine/docs/standard/splitting-traffic",
        constraints: [custom("split.allocations: 1 together", wrongShares)],
      },
    ],
  },
  {
    type: "google_app_engine_standard_app_version",
    label: "App Engine version",
    nameAttribute: "version_id",
    references: { "vpc_access_connector.name": ["google_vpc_access_connector"] },
    fieldRules: [version],
  },
  {
    type: "google_app_engine_flexible_app_version",
    label: "App Engine version",
    nameAttribute: "version_id",
    references: { "network.name": ["google_compute_network"] },
    fieldRules: [flexibleVersion],
  },
];
