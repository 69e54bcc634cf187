import type { Attributes } from "../attributes.ts";
import { runTemplate } from "../cloud-run-template.ts";
import { anything, choice, conflict, custom, form, range } from "../constraints/index.ts";
import { fullNameForm, fullNames } from "../full-name.ts";
import type { FieldRule, ResourceType } from "../resource-type.ts";
import { missingFilters } from "./eventarc-trigger.ts";

/** MiB. */
const FIRST_GENERATION_MEMORY = ["128", "256", "512", "1024", "2048", "4096", "8192"];

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed:
    "all its requests fail and its work stops; all its revisions are deleted, so there is nothing to roll back to",
  replaced:
    "all its requests fail until the new one exists; all its revisions are deleted, so there is nothing to roll back to",
};

const functionShape: Pick<FieldRule, "id" | "why" | "source"> = {
  id: "service/function-shape",
  why: "Cloud Run functions have runtimes of their own names, which the provider does not check.",
  source: "https://docs.cloud.google.com/functions/docs/runtime-support",
};

/** Of which no function is made or changed any more. https://docs.cloud.google.com/functions/docs/runtime-support */
const DECOMMISSIONED = [
  ...[6, 8, 10, 12, 14, 16].map((version) => `nodejs${version}`),
  ...[111, 113, 116].map((version) => `go${version}`),
  "python37",
  "ruby26",
  "ruby27",
  "dotnet3",
  "php74",
];

/** A language and its version without a dot, which may still be deployed. */
function runtime(attribute: string) {
  return [
    form(attribute, /^[a-z]+\d+$/, {
      form: "a language and its version, without dot and hyphen",
      examples: ["nodejs22", "python312", "go123"],
    }),
    conflict(
      { [attribute]: DECOMMISSIONED },
      {
        because: "the runtime is decommissioned: no function is created or changed with it",
        fix: 'Choose one that is supported, for example "nodejs22".',
      },
    ),
  ];
}

function* eventOfFunction(instance: Attributes) {
  const type = instance.string("event_trigger.event_type");
  if (type === undefined) return;
  if (/^(providers\/|google\.(storage|pubsub|firestore|firebase)\.(?!cloud))/.test(type))
    yield {
      found: `event_trigger.event_type is "${type}"`,
      because: "it is an event of first generation functions",
      fix: "Write an event of Eventarc, for example google.cloud.storage.object.v1.finalized.",
    };
  const filters = instance.blocks("event_trigger.event_filters");
  if (filters.length === (instance.entries("event_trigger.event_filters") ?? 0))
    yield* missingFilters("event_filters", type, filters);
}

const RESERVED =
  /^(PORT|K_SERVICE|K_REVISION|K_CONFIGURATION|FUNCTION_TARGET|FUNCTION_SIGNATURE_TYPE|X_GOOGLE_.*)$/;

function* reservedVariable(instance: Attributes) {
  const path = "service_config.environment_variables";
  const variables = instance.isUnknown(path) ? undefined : instance.get(path);
  for (const name of Object.keys(variables ?? {}))
    if (RESERVED.test(name))
      yield {
        found: `environment_variables has "${name}"`,
        because: "Cloud Run sets it itself",
        fix: `Remove ${name}, or choose another name.`,
      };
}

/** Cloud Run services and worker pools, and Cloud Functions. */
export const cloudRunServices: readonly ResourceType[] = [
  {
    type: "google_cloud_run_v2_service",
    label: "service",
    collection: "services",
    externalKind: "service",
    encryptionKey: { attribute: "template.encryption_key", agent: "serverless-robot-prod" },
    importId: "projects/{project}/locations/{region}/services/{name}",
    requiredRole: "roles/run.admin",
    environmentKeys: {
      deletion_protection: "protection",
      "template.timeout": "services.SERVICE.requestTimeout",
      "scaling.min_instance_count": "services.SERVICE.instances.min",
      "template.scaling.max_instance_count": "services.SERVICE.instances.max",
      "template.max_instance_request_concurrency": "services.SERVICE.concurrency",
      "template.session_affinity": "services.SERVICE.webSockets",
      "template.containers.image": "services.SERVICE.image",
      "template.containers.ports.name": "services.SERVICE.protocol",
      "template.containers.ports": "services.SERVICE.port",
      "template.containers.resources.limits.cpu": "services.SERVICE.cpu",
      "template.containers.resources.limits.memory": "services.SERVICE.memory",
      "template.containers.resources.cpu_idle": "services.SERVICE.cpuAlwaysAllocated",
      "template.containers.startup_probe.failure_threshold": "deadlines.startupWindow",
      "template.containers.startup_probe": "services.SERVICE.startupProbe",
      "template.containers.liveness_probe": "services.SERVICE.livenessProbe",
      "template.containers.readiness_probe": "services.SERVICE.readinessProbe",
      iap_enabled: "services.SERVICE.iap",
      default_uri_disabled: "services.SERVICE.defaultUriDisabled",
      "template.vpc_access": "services.SERVICE.path",
      'template.containers.env["DATABASE_POOL_SIZE"].value': "services.SERVICE.database.pool",
      'template.containers.env["DATABASE_MAX_OVERFLOW"].value': "services.SERVICE.database.overflow",
      'template.containers.env["REDIS_POOL_SIZE"].value': "services.SERVICE.cache.pool",
      'template.containers.env["DATABASE_CONNECT_TIMEOUT_SECONDS"].value': "deadlines.socketConnect",
      'template.containers.env["DATABASE_INIT_TIMEOUT_SECONDS"].value': "deadlines.databaseInitialization",
      'template.containers.env["DATABASE_STATEMENT_TIMEOUT_SECONDS"].value': "deadlines.databaseStatement",
      "template.containers.env": "services.SERVICE.environment",
    },
    deleteImpact,
    fieldRules: [
      runTemplate("template"),
      {
        id: "capacity/instances",
        source: "https://docs.cloud.google.com/run/docs/configuring/min-instances",
        constraints: [range("scaling.min_instance_count", { low: 0, unit: "instances" })],
      },
      {
        id: "service/traffic",
        source: "https://docs.cloud.google.com/run/docs/rollouts-rollbacks-traffic-migration",
        constraints: [
          form("revision", /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/, {
            within: "traffic[]",
            form: "the name of a revision: lower-case letters, digits and hyphens, a letter first",
            examples: ["api-00007-xyz"],
          }),
        ],
      },
    ],
  },
  {
    type: "google_cloud_run_service",
    label: "service",
    collection: "services",
    externalKind: "service",
    deleteImpact,
    fieldRules: [
      {
        id: "service/name",
        source:
          "https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/cloud_run_service",
        constraints: [
          conflict(
            { autogenerate_revision_name: [true], "template.metadata.name": [anything] },
            {
              because: "a revision is named by Cloud Run or by its template",
              fix: "Remove autogenerate_revision_name, or the name of the template.",
            },
          ),
        ],
      },
      {
        id: "service/secret-reference",
        why: "The first generation names a secret of its own project by its name, one of another project by an alias in an annotation, and never by its path.",
        source: "https://docs.cloud.google.com/run/docs/configuring/services/secrets",
        constraints: [
          form("name", /^[\w-]{1,255}$/, {
            within: "template.spec.containers[].env[].value_from.secret_key_ref",
            form: "the name of a secret, without projects/ and secrets/",
            examples: ["db-password"],
          }),
          form("secret_name", /^[\w-]{1,255}$/, {
            within: "template.spec.volumes[].secret",
            form: "the name of a secret, without projects/ and secrets/",
            examples: ["db-password"],
          }),
        ],
      },
    ],
  },
  {
    type: "google_cloud_run_v2_worker_pool",
    label: "worker pool",
    collection: "workerPools",
    importId: "projects/{project}/locations/{region}/workerPools/{name}",
    requiredRole: "roles/run.admin",
    encryptionKey: { attribute: "template.encryption_key", agent: "serverless-robot-prod" },
    fieldRules: [runTemplate("template")],
    deleteImpact: {
      destroyed: "its work stops; all its revisions are deleted, so there is nothing to roll back to",
      replaced: "its work stops until the new one exists; all its revisions are deleted",
    },
  },
  {
    type: "google_cloudfunctions2_function",
    label: "service",
    deleteImpact,
    fieldRules: [
      fullNames(
        "https://docs.cloud.google.com/functions/docs/reference/rest/v2/projects.locations.functions#EventTrigger",
        [fullNameForm("event_trigger.pubsub_topic", "projects/PROJECT/topics/NAME")],
      ),
      {
        ...functionShape,
        constraints: [
          ...runtime("build_config.runtime"),
          form("mount_path", /^\/[^\0]*$/, {
            within: "service_config.secret_volumes[]",
            form: "an absolute path",
            examples: ["/etc/secrets"],
            source: "https://docs.cloud.google.com/functions/docs/configuring/secrets",
          }),
          conflict(
            {
              "service_config.vpc_connector_egress_settings": ["ALL_TRAFFIC"],
              "service_config.vpc_connector": [undefined],
              "service_config.direct_vpc_network_interface": [undefined],
            },
            {
              severity: "warning",
              because: "there is no connector through which it could go",
              fix: "Set vpc_connector, or remove vpc_connector_egress_settings.",
              source: "https://docs.cloud.google.com/functions/docs/networking/network-settings",
            },
          ),
          form("service_config.available_memory", /^\d+(\.\d+)?([kMG]i?)?$/, {
            form: "a number and k, M, G, Mi or Gi",
            examples: ["512M"],
            source:
              "https://docs.cloud.google.com/functions/docs/reference/rest/v2/projects.locations.functions#ServiceConfig",
          }),
          custom("event_trigger: an event of Eventarc, with the filters that it needs", eventOfFunction, {
            source: "https://docs.cloud.google.com/eventarc/docs/event-types",
          }),
          custom("service_config.environment_variables: no name that Cloud Run sets", reservedVariable, {
            source: "https://docs.cloud.google.com/functions/docs/configuring/env-var",
          }),
        ],
      },
    ],
  },
  {
    type: "google_cloudfunctions_function",
    label: "service",
    deleteImpact,
    fieldRules: [
      {
        id: "capacity/cpu-memory",
        source: "https://docs.cloud.google.com/functions/docs/configuring/memory-1st-gen",
        constraints: [choice("available_memory_mb", FIRST_GENERATION_MEMORY)],
      },
      { ...functionShape, constraints: runtime("runtime") },
    ],
  },
];
