import type { Resource } from "../../graph/index.ts";
import type { Rule } from "../rule.ts";

const VERSION = "config.software_config.image_version";
const OF_FIRST = [
  "config.node_count",
  "config.node_config.machine_type",
  "config.node_config.disk_size_gb",
  "config.node_config.oauth_scopes",
  "config.software_config.python_version",
  "config.software_config.scheduler_count",
  "config.web_server_config",
  "config.database_config.machine_type",
];
const OF_LATER = ["config.environment_size", "config.workloads_config"];

/** What an environment of Cloud Composer is made of differs by its version. */
export const composerShape: Rule = {
  id: "service/composer-shape",
  why: "Cloud Composer 1 has machines that are counted, and later versions have workloads that are sized; each rejects the settings of the other.",
  limit: `with composer-2 and composer-3 none of ${OF_FIRST.join(", ")}; with composer-1 none of ${OF_LATER.join(", ")}`,
  fix: 'Remove it, and set environment_size = "ENVIRONMENT_SIZE_SMALL" or workloads_config.',
  source: "https://docs.cloud.google.com/composer/docs/composer-versioning-overview",
  *check(graph) {
    for (const environment of graph.all("google_composer_environment")) {
      // What exists shows the values of the other version too.
      if (graph.isFromProvider(environment) && !isCreated(environment)) continue;
      const [, version] = /^composer-(\d)/.exec(environment.string(VERSION) ?? "") ?? [];
      if (version === undefined) continue;
      const wrong = (version === "1" ? OF_LATER : OF_FIRST).find((path) => isWritten(environment, path));
      if (wrong === undefined) continue;
      yield {
        resource: environment,
        message: `${wrong} is set with image_version "${environment.string(VERSION)}"; rejected by the API: only Cloud Composer ${version === "1" ? "2 and later have" : "1 has"} it.`,
        ...(version === "1"
          ? { fix: "Set node_count and node_config, or image_version to one of composer-3." }
          : {}),
      };
    }
  },
};

function isCreated({ change }: Resource): boolean {
  return change?.actions.includes("create") === true;
}

function isWritten(environment: Resource, path: string): boolean {
  const value = environment.get(path);
  return value !== undefined && !environment.isUnknown(path) && !(Array.isArray(value) && value.length === 0);
}
