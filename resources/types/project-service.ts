import { distance, isNearMiss } from "../../values/nearest.ts";
import type { Attributes } from "../attributes.ts";
import { custom, form } from "../constraints/index.ts";
import { disabledApis } from "../disabled-apis.ts";
import type { ResourceType } from "../resource-type.ts";

const GOOGLE = "googleapis.com";

/** API of a project. */
export const projectService: ResourceType = {
  type: "google_project_service",
  label: "API",
  nameAttribute: "service",
  requiredRole: "roles/serviceusage.serviceUsageAdmin",
  fieldRules: [
    {
      id: "service/api-enabled",
      source: "https://docs.cloud.google.com/service-usage/docs/enable-disable",
      constraints: [
        form("service", /^(?!.*\.googleapis\.(?!com$))(?!.*\.google\.com$)[a-z0-9-]+(\.[a-z0-9-]+)+$/, {
          form: "the host name of an API",
          examples: ["run.googleapis.com"],
        }),
        custom("service: a name that an API has, run and not cloudrun", otherName),
        custom("service: ends with .googleapis.com where it is an API of Google", misspeltDomain),
      ],
    },
  ],
  deleteImpact: {
    destroyed: ({ before }) => {
      const api = before.string("service") ?? "the API";
      return before.boolean("disable_on_destroy") === false
        ? `${api} stays enabled, but Terraform no longer manages it`
        : `${api} is disabled, and what it runs stops working`;
    },
    replaced: ({ before }) =>
      before.boolean("disable_on_destroy") === false
        ? undefined
        : `${before.string("service") ?? "the API"} is disabled for a moment, and what it runs stops working`,
  },
};

/** Names that products have and their APIs do not. https://docs.cloud.google.com/apis/docs/overview */
const MEANT: Readonly<Record<string, string>> = {
  cloudrun: "run",
  "cloud-run": "run",
  cloudsql: "sqladmin",
  "cloud-sql": "sqladmin",
  sql: "sqladmin",
  gke: "container",
  kubernetes: "container",
  kubernetesengine: "container",
  computeengine: "compute",
  gce: "compute",
  vpc: "compute",
  memorystoreredis: "redis",
  filestore: "file",
  gcs: "storage",
  cloudstorage: "storage",
  secrets: "secretmanager",
  secretsmanager: "secretmanager",
  "secret-manager": "secretmanager",
  "vpc-access": "vpcaccess",
  serverlessvpcaccess: "vpcaccess",
  kms: "cloudkms",
  clouddns: "dns",
  cloudpubsub: "pubsub",
  "artifact-registry": "artifactregistry",
  "service-networking": "servicenetworking",
};

const knownNames = [...disabledApis].map((known) => known.slice(0, -GOOGLE.length - 1));

function isOneLetterOff(known: string, name: string): boolean {
  if (known === name || known.length <= 5) return false;
  // Each character more or less is an edit, and most names differ by more than one.
  return Math.abs(known.length - name.length) <= 1 && distance(known, name) === 1;
}

function* otherName(api: Attributes) {
  const service = api.string("service") ?? "";
  if (!service.endsWith(`.${GOOGLE}`)) return;
  const name = service.slice(0, -GOOGLE.length - 1);
  const meant = MEANT[name] ?? knownNames.find((known) => isOneLetterOff(known, name));
  if (meant === undefined) return;
  yield {
    found: `service is "${service}"`,
    because: "there is no such API",
    fix: `Write "${meant}.${GOOGLE}".`,
  };
}

function* misspeltDomain(api: Attributes) {
  const service = api.string("service") ?? "";
  const [, name = "", domain = ""] = /^(.+)\.([^.]+\.[^.]+)$/.exec(service) ?? [];
  if (domain === GOOGLE || !isNearMiss(domain, GOOGLE)) return;
  yield {
    found: `service is "${service}"`,
    because: `no API is at ${domain}`,
    fix: `Write "${name}.${GOOGLE}".`,
  };
}
