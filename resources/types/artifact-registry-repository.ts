import { atMostOneOf, forbidden, form, required } from "../constraints/index.ts";
import { fullNameForm, fullNames } from "../full-name.ts";
import type { ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed:
    "all images in it are deleted: no service can start another instance, and there is nothing to roll back to",
  holdsData: true,
};

const CLEANUP = "https://docs.cloud.google.com/artifact-registry/docs/repositories/cleanup-policy";

const MODES = ["STANDARD_REPOSITORY", "VIRTUAL_REPOSITORY", "REMOTE_REPOSITORY"];

/** Formats of repositories, as far as they are known here. */
const FORMATS = ["DOCKER", "MAVEN", "NPM", "APT", "YUM", "PYTHON", "GO", "GENERIC", "KFP"];

/** Image registries. */
export const artifactRegistryRepository: readonly ResourceType[] = [
  {
    type: "google_artifact_registry_repository",
    label: "image registry",
    nameAttribute: "repository_id",
    encryptionKey: { attribute: "kms_key_name", agent: "gcp-sa-artifactregistry" },
    importId: "projects/{project}/locations/{region}/repositories/{name}",
    requiredRole: "roles/artifactregistry.admin",
    deleteImpact,
    fieldRules: [
      fullNames(
        "https://docs.cloud.google.com/artifact-registry/docs/reference/rest/v1/projects.locations.repositories",
        [
          fullNameForm(
            "remote_repository_config.upstream_credentials.username_password_credentials.password_secret_version",
            "projects/PROJECT/secrets/NAME/versions/VERSION",
          ),
        ],
      ),
      {
        id: "rollout/target-image",
        source: CLEANUP,
        constraints: ["older_than", "newer_than"].map((attribute) =>
          form(attribute, /^(?:\d+(?:\.\d+)?(?:s|m|h|d|w))+$/, {
            within: "cleanup_policies[].condition",
            form: 'numbers, each with "s", "m", "h" or "d"',
            examples: ["30d"],
          }),
        ),
      },
      {
        id: "service/repository-mode",
        why: "What a repository is made of follows from its format and mode; the provider does not compare them.",
        source: "https://docs.cloud.google.com/artifact-registry/docs/repositories/remote-repo",
        constraints: [
          required(["remote_repository_config"], {
            when: { mode: ["REMOTE_REPOSITORY"] },
            because: "a remote repository names its upstream",
            fix: 'Add remote_repository_config with the upstream, for example docker_repository { public_repository = "DOCKER_HUB" }.',
          }),
          ...["docker", "maven"].map((format) =>
            forbidden([`${format}_config`], {
              when: { format: FORMATS.filter((other) => other !== format.toUpperCase()) },
              because: `only repositories of format ${format.toUpperCase()} have it`,
              fix: `Remove ${format}_config.`,
            }),
          ),
          ...["docker", "maven", "npm", "python", "apt", "yum"].map((format) =>
            forbidden([`remote_repository_config.${format}_repository`], {
              when: { format: FORMATS.filter((other) => other !== format.toUpperCase()) },
              because: `only repositories of format ${format.toUpperCase()} mirror it`,
              fix: `Set format = "${format.toUpperCase()}", or name an upstream of the format of the repository.`,
            }),
          ),
          forbidden(["most_recent_versions"], {
            within: "cleanup_policies[]",
            when: { action: ["DELETE"] },
            because: "the most recent versions can only be kept",
            fix: 'Set action = "KEEP", or write a condition.',
            source: CLEANUP,
          }),
          atMostOneOf(["condition", "most_recent_versions"], {
            within: "cleanup_policies[]",
            because: "a policy is about versions with a property or about the most recent ones",
            fix: "Write a policy for each.",
            source: CLEANUP,
          }),
          forbidden(["tag_prefixes"], {
            within: "cleanup_policies[].condition",
            when: { tag_state: ["UNTAGGED"] },
            because: "versions without a tag have no prefix of one",
            fix: 'Set tag_state = "TAGGED", or remove tag_prefixes.',
            source: CLEANUP,
          }),
          required(["condition"], {
            within: "cleanup_policies[]",
            when: { condition: [undefined], most_recent_versions: [undefined] },
            because: "a policy says which versions it is about",
            fix: "Add condition, or most_recent_versions with action KEEP.",
            source: CLEANUP,
          }),
          ...[
            ["virtual", "VIRTUAL_REPOSITORY"],
            ["remote", "REMOTE_REPOSITORY"],
          ].map(([kind, mode = ""]) =>
            forbidden([`${kind}_repository_config`], {
              when: {
                mode: [undefined, ...MODES.filter((other) => other !== mode)],
              },
              because: `only a ${kind} repository has upstreams of that kind`,
              fix: `Set mode = "${mode}".`,
            }),
          ),
          required(["virtual_repository_config"], {
            when: { mode: ["VIRTUAL_REPOSITORY"] },
            because: "a virtual repository names its upstreams",
            fix: "Add virtual_repository_config with upstream_policies.",
          }),
        ],
      },
      {
        id: "service/repository-mode",
        source: "https://docs.cloud.google.com/artifact-registry/docs/repositories/repo-locations",
        constraints: [
          form("location", /^(?:us|europe|asia|[a-z]+(?:-[a-z]+)+\d+)$/, {
            form: "us, europe, asia or a region",
            examples: ["europe", "europe-west1"],
          }),
        ],
      },
      {
        id: "data/repository-name",
        why: "Artifact Registry rejects the id of a repository that is not of its form; the provider does not look.",
        source: "https://docs.cloud.google.com/artifact-registry/docs/repositories/create-repos",
        constraints: [
          form("repository_id", /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/, {
            form: "1 to 63 lower-case letters, digits and hyphens, a letter first and no hyphen last",
            examples: ["images"],
          }),
        ],
      },
    ],
  },
  { type: "google_container_registry", label: "image registry", deleteImpact },
];
