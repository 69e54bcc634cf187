import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";

const said = (rule: string, type: string, body: object) =>
  check(ruleById(rule), { [type]: { one: body } }).map(({ message }) => message);

/** The kind: settings of one resource that only the API compares with each other. */
describe("shapes that the provider does not check", () => {
  test("Cloud Composer: settings of the version in image_version", () => {
    const composer = (config: object, image_version = "composer-2.9.7-airflow-2.9.3") =>
      said("service/composer-shape", "google_composer_environment", {
        config: [{ software_config: [{ image_version }], ...config }],
      });
    expect(composer({ environment_size: "ENVIRONMENT_SIZE_SMALL" })).toEqual([]);
    expect(composer({ node_count: 3 }, "composer-1.20.12-airflow-1.10.15")).toEqual([]);
    expect(composer({ node_count: 3 }, "${var.version}")).toEqual([]);
    expect(composer({ node_count: 3 })).toEqual([
      'config.node_count is set with image_version "composer-2.9.7-airflow-2.9.3"; rejected by the API: only Cloud Composer 1 has it.',
    ]);
    expect(composer({ environment_size: "ENVIRONMENT_SIZE_SMALL" }, "composer-1-airflow-1")[0]).toContain(
      "only Cloud Composer 2 and later have it",
    );
  });

  test("repositories: the upstream of their mode", () => {
    const repository = (body: object) =>
      said("service/repository-mode", "google_artifact_registry_repository", { format: "DOCKER", ...body });
    expect(repository({})).toEqual([]);
    expect(
      repository({ mode: "REMOTE_REPOSITORY", remote_repository_config: [{ description: "hub" }] }),
    ).toEqual([]);
    expect(repository({ mode: "REMOTE_REPOSITORY" })[0]).toContain("a remote repository names its upstream");
    expect(repository({ mode: "VIRTUAL_REPOSITORY" })[0]).toContain(
      "a virtual repository names its upstreams",
    );
  });

  test("triggers: substitutions with an underscore", () => {
    const trigger = (substitutions: unknown) =>
      said("service/build-substitutions", "google_cloudbuild_trigger", { substitutions });
    expect(trigger({ _ENV: "dev", _REGION_2: "eu" })).toEqual([]);
    expect(trigger("${var.substitutions}")).toEqual([]);
    expect(trigger({ ENV: "dev" })).toEqual([
      "substitutions has ENV; rejected by the API: the name of a substitution begins with an underscore and has capitals, digits and underscores.",
    ]);
    expect(trigger({ _env: "dev" })).toHaveLength(1);
  });

  test("Bigtable: each cluster in a zone of its own", () => {
    const bigtable = (...zones: string[]) =>
      said("data/bigtable-shape", "google_bigtable_instance", {
        name: "t",
        cluster: zones.map((zone, index) => ({ cluster_id: `t-${index}`, zone })),
      });
    expect(bigtable("europe-west1-b", "europe-west1-c")).toEqual([]);
    expect(bigtable("europe-west1-b", "${var.zone}")).toEqual([]);
    expect(bigtable("europe-west1-b", "europe-west1-b")[0]).toContain("zones of their own");
    expect(bigtable("europe-west1")[0]).toContain("it must be a zone");
  });

  test("the first generation of Cloud Run: secrets by their name", () => {
    const service = (name: string) =>
      said("service/secret-reference", "google_cloud_run_service", {
        template: [
          {
            spec: [
              {
                containers: [
                  { env: [{ name: "A", value_from: [{ secret_key_ref: [{ name, key: "latest" }] }] }] },
                ],
              },
            ],
          },
        ],
      });
    expect(service("db-password")).toEqual([]);
    expect(service("${google_secret_manager_secret.db.secret_id}")).toEqual([]);
    expect(service("projects/p/secrets/db-password")[0]).toContain("without projects/ and secrets/");
  });

  test("domain mappings: one host name", () => {
    const mapping = (name: string) =>
      said("edge/domain-mapping", "google_cloud_run_domain_mapping", { name });
    expect(mapping("www.example.com")).toEqual([]);
    expect(mapping("xn--bcher-kva.example.com")).toEqual([]);
    for (const wrong of ["*.example.com", "https://www.example.com", "www.example.com/a", "localhost"])
      expect(mapping(wrong)).toHaveLength(1);
  });

  test("APIs: by the names that they have", () => {
    const api = (service: string) => said("service/api-enabled", "google_project_service", { service });
    for (const name of ["run", "sqladmin", "tasks", "storage", "cloudtasks", "compute", "pubsublite"])
      expect(api(`${name}.googleapis.com`)).toEqual([]);
    expect(api("cloudrun.googleapis.com")).toEqual([
      'service is "cloudrun.googleapis.com"; rejected by the API: there is no such API.',
    ]);
    expect(api("secretmanger.googleapis.com")).toHaveLength(1);
  });

  test("log filters: severities of Cloud Logging, and not of a payload", () => {
    const filter = (text: string) =>
      said("observability/log-filter", "google_logging_metric", { name: "m", filter: text });
    for (const right of [
      "severity>=WARNING",
      'severity="error"',
      "severity = (ERROR OR CRITICAL)",
      "severity >= 400",
      'jsonPayload.severity="WARN"',
      'severity=~"ERR"',
      'textPayload:"severity=WARN"',
      "-- severity=WARN\nseverity=ERROR",
    ])
      expect(filter(right)).toEqual([]);
    for (const wrong of ["severity>=WARN", 'severity="FATAL"', "severity=(ERROR OR CRIT)", "severity:TRACE"])
      expect(filter(wrong)).toEqual([expect.stringContaining("with the severity")]);
  });

  test("GPUs of Cloud Run: outside of the documented regions it is a warning", () => {
    const service = (location: string) =>
      check(ruleById("service/template-words"), {
        google_cloud_run_v2_service: {
          llm: { name: "llm", location, template: [{ node_selector: [{ accelerator: "nvidia-l4" }] }] },
        },
      });
    expect(service("europe-west4")).toEqual([]);
    expect(service("${var.region}")).toEqual([]);
    expect(service("europe-west9")).toMatchObject([{ severity: "warning" }]);
  });
});
