import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { GoogleProvider } from "@cdktf/provider-google/lib/provider/index.js";
import { afterAll, describe, expect, test } from "@jest/globals";
import { App, TerraformResource, TerraformStack } from "cdktf";
import { parseEnvironment } from "../../platform/environment.ts";
import { formatIssue } from "../../platform/issue.ts";
import type { Environment, EnvironmentInput } from "../../platform/schema/environment.ts";
import { factsOf } from "../../resources/facts/index.ts";
import { type ProviderFeature, providerFeatures } from "../../resources/provider-features.ts";
import { BINDINGS_PROVIDER, LAST_RELEASES, NEWEST_PROVIDER } from "../../resources/versions.ts";
import { environment as production } from "../fixtures/environments/production.ts";
import { environment as staging } from "../fixtures/environments/staging.ts";
import { shapes } from "../fixtures/shapes.ts";
import { TODAY } from "../support/environments.ts";
import { findings, type Json, resource, resources, stackOf, synthesized } from "../support/synthesized.ts";

const inputs: [name: string, input: EnvironmentInput][] = [
  ["staging", staging],
  ["production", production],
  ...Object.entries(shapes),
  // What no fixture has: delivery from GitHub, and DNS records.
  [
    "delivered",
    {
      ...(shapes.guarded as EnvironmentInput),
      edge: { certificateDomain: "acme.example", dnsZone: "acme" },
      delivery: {
        repository: "acme/platform",
        repositoryId: "700112233",
        ownerId: "9911822",
        projectNumber: "123456789012",
      },
    },
  ],
];
const releases = [...LAST_RELEASES];

const parsed = new Map<string, Environment>();

/** The same at every call: what was synthesized of it is kept. */
function environment(name: string, input: EnvironmentInput, provider: string | undefined): Environment {
  const key = `${name} ${provider}`;
  const found = parsed.get(key) ?? valid(name, input, provider);
  parsed.set(key, found);
  return found;
}

function valid(name: string, input: EnvironmentInput, provider: string | undefined): Environment {
  const parsed = parseEnvironment(name, provider === undefined ? input : { ...input, provider }, TODAY);
  if (!parsed.ok) throw new Error(parsed.issues.map(formatIssue).join("\n"));
  return parsed.environment;
}

test("one word stands for the last release of a major version, and the classes are of the oldest", () => {
  const stack = new TerraformStack(new App({ outdir: "unused" }), "stack");
  const { terraformGeneratorMetadata } = new GoogleProvider(stack, "google", {});
  expect(terraformGeneratorMetadata?.providerVersion).toBe(BINDINGS_PROVIDER);
  const folder = path.join(import.meta.dirname, "../../resources/facts/google");
  const known = readdirSync(folder).flatMap((file) =>
    [...readFileSync(path.join(folder, file), "utf8").matchAll(/"(\d+)\.(\d+)\.\d+"/g)].map(
      ([, major, minor]) => [Number(major), Number(minor)] as const,
    ),
  );
  const lastMinor = (wanted: number): number =>
    Math.max(...known.flatMap(([major, minor]) => (major === wanted ? [minor] : [])));
  expect(releases).toEqual(["6", "7", "8"].map((major) => [major, `${major}.${lastMinor(Number(major))}.0`]));
  expect(releases.at(-1)?.[1]).toBe(NEWEST_PROVIDER);
});

describe.each(inputs)("%s", (name, input) => {
  // What was synthesized of one environment is not kept beside that of the next.
  afterAll(() => parsed.clear());

  test.each(releases)(
    "with provider %s is the same but for the version that its stacks require",
    (major, release) => {
      const before = synthesized(environment(name, input, undefined));
      const after = synthesized(environment(name, input, major));
      expect(Object.keys(before).length).toBeGreaterThan(2);
      for (const json of [...Object.values(before), ...Object.values(after)]) {
        // CDKTF notes there which parts of a stack were overridden.
        json["//"] = undefined;
      }
      for (const json of Object.values(before)) {
        expect(json.terraform.required_providers.google.version).toBe(BINDINGS_PROVIDER);
        json.terraform.required_providers.google.version = release;
      }
      expect(after).toEqual(before);
    },
  );

  test.each(releases)("every stack is as the schema of provider %s takes it", (major) => {
    const found = findings(environment(name, input, major));
    expect(found.filter(({ rule }) => rule.startsWith("schema/"))).toEqual([]);
    expect(found).toEqual(findings(environment(name, input, undefined)));
  });

  test.each(releases)("leaves no attribute to a default that provider %s has changed", (major, release) => {
    const stacks: Json[] = Object.values(synthesized(environment(name, input, major)));
    const left = stacks.flatMap((json) =>
      Object.entries<Json>(json.resource).flatMap(([type, byName]) =>
        Object.values(byName).flatMap((values) => changedDefaults(type, "", values, release)),
      ),
    );
    expect(left).toEqual([]);
  });
});

/** Attributes that a block leaves out, and that the first release would fill in otherwise. */
function changedDefaults(type: string, block: string, values: Json, release: string): string[] {
  const facts = factsOf(type);
  if (facts === undefined) return [];
  return facts.names(block).flatMap((name) => {
    const path = block === "" ? name : `${block}.${name}`;
    const [then, now] = [facts.at(path, BINDINGS_PROVIDER), facts.at(path, release)];
    if (values[name] === undefined)
      return then !== undefined && now !== undefined && then.default !== now.default
        ? [`${type}.${path}: ${then.default} -> ${now.default}`]
        : [];
    if (now?.nested === undefined) return [];
    const blocks: Json[] = Array.isArray(values[name]) ? values[name] : [values[name]];
    return blocks.flatMap((inner) => changedDefaults(type, path, inner, release));
  });
}

/** production with every setting that needs a newer release than 6.50.0. */
const everything: EnvironmentInput = {
  ...production,
  deletionPolicy: "PREVENT",
  preflight: undefined,
  edge: {
    ...production.edge,
    tls: { minVersion: "TLS_1_3", profile: "RESTRICTED" },
  } as EnvironmentInput["edge"],
  cache: { ...production.cache, deletionProtection: true } as EnvironmentInput["cache"],
  services: production.services.map((service) => ({
    ...service,
    readinessProbe: { path: "/ready", failureThreshold: 2 },
    defaultUriDisabled: true,
  })),
};

describe("settings that need a newer release", () => {
  test("the facts have each since the release that is stated", () => {
    for (const { type, path, since, value } of Object.values<ProviderFeature>(providerFeatures)) {
      const [major = 0, minor = 0] = since.split(".").map(Number);
      const before = `${minor === 0 ? major - 1 : major}.${minor === 0 ? 50 : minor - 1}.0`;
      const has = (release: string): boolean => {
        const facts = factsOf(type)?.at(path, release);
        return value === undefined ? facts !== undefined : facts?.enum?.includes(value) === true;
      };
      expect([path, has(before), has(since)]).toEqual([path, false, true]);
    }
  });

  test.each(["7", "8"])("are written, and the schema of provider %s takes them", (provider) => {
    const with8 = environment("everything", everything, provider);
    const stacks = synthesized(with8);
    const service = resource(stacks["prod-service-auth"], "google_cloud_run_v2_service");
    expect(service.default_uri_disabled).toBe(true);
    expect(service.template.containers[0].readiness_probe).toEqual({
      http_get: { path: "/ready", port: 8080 },
      period_seconds: 10,
      timeout_seconds: 5,
      failure_threshold: 2,
      success_threshold: 1,
    });
    expect(resource(stacks["prod-edge"], "google_compute_ssl_policy")).toMatchObject({
      min_tls_version: "TLS_1_3",
      profile: "RESTRICTED",
    });
    expect(resource(stacks["prod-data"], "google_redis_instance")).toMatchObject({
      deletion_protection: true,
      deletion_policy: "PREVENT",
    });
    const findingsOf = (of: Environment) => findings(of).filter(({ severity }) => severity !== "unknown");
    expect(findingsOf(with8)).toEqual(findingsOf(environment("production", production, undefined)));
  });

  test.each(["public", "runapp"])(
    "people sign in to the service of %s, and nothing else calls it",
    (name) => {
      const input = shapes[name] as EnvironmentInput;
      const members = ["group:staff@acme.example", "user:ann@acme.example"];
      const services = input.services.map((service) => ({ ...service, iap: { members } }));
      const signedIn = environment(`${name}-iap`.replace("-", ""), { ...input, services }, "8");
      const stacks = synthesized(signedIn);
      const [stack] = Object.keys(stacks).filter((each) => each.endsWith("service-web"));
      const service = resource(stacks[stack ?? ""], "google_cloud_run_v2_service");
      expect(service.iap_enabled).toBe(true);
      const grants = resources(stacks[stack ?? ""], "google_iap_web_cloud_run_service_iam_member");
      expect(grants.map(({ role, member }) => [role, member])).toEqual(
        members.map((member) => ["roles/iap.httpsResourceAccessor", member]),
      );
      const apis = Object.values(stacks).flatMap((json) => resources(json, "google_project_service"));
      expect(apis.map(({ service: api }) => api)).toContain("iap.googleapis.com");
      const checks = Object.values(stacks).flatMap((json) =>
        resources(json, "google_monitoring_uptime_check_config"),
      );
      expect(checks).toEqual([]);
      expect(findings(signedIn).filter(({ severity }) => severity === "error")).toEqual([]);
    },
  );

  test("the policy is of what protection protects, in every stack", () => {
    const stacks: Json[] = Object.values(synthesized(environment("everything", everything, "8")));
    const all = stacks.flatMap((json) =>
      Object.values<Json>(json.resource).flatMap((byName) => Object.values<Json>(byName)),
    );
    const isProtected = ({ lifecycle }: Json): boolean => lifecycle?.prevent_destroy === true;
    expect(all.filter(isProtected).length).toBeGreaterThan(10);
    expect(all.filter((values) => isProtected(values) !== (values.deletion_policy === "PREVENT"))).toEqual(
      [],
    );
  });

  test("and is taken back everywhere, but where a construct states one", () => {
    const input = { ...production, protection: false, deletionPolicy: "DELETE" } as EnvironmentInput;
    const parsed = parseEnvironment("production", { ...input, provider: "8" }, TODAY);
    const stacks = synthesized(environment("back", input, "8"));
    expect(parsed.ok).toBe(true);
    const policies = Object.values(stacks).flatMap((json) =>
      Object.entries<Json>(json.resource).flatMap(([type, byName]) =>
        Object.values<Json>(byName).map(({ deletion_policy }) => [type, deletion_policy]),
      ),
    );
    const own = policies.filter(([, policy]) => policy !== "DELETE" && policy !== undefined);
    expect(own).toEqual([["google_sql_database", "ABANDON"]]);
    const without = policies.filter(
      ([type, policy]) => policy === undefined && factsOf(type)?.at("deletion_policy", NEWEST_PROVIDER),
    );
    expect(without).toEqual([]);
  });

  test.each([
    [undefined, "not set, which is 6.50.0"],
    ["6", '"6"'],
    [">= 6.50.0, < 9", '">= 6.50.0, < 9"'],
  ])("are refused with provider %s, and it is said which to ask for", (provider, said) => {
    const parsed = parseEnvironment("production", { ...everything, provider } as EnvironmentInput, TODAY);
    const sentences = parsed.ok ? [] : parsed.issues.map(formatIssue);
    const needs = (path: string, since: string, minor: string): string =>
      `${path}: the provider hashicorp/google has it from ${since} on, and provider is ${said}. Fix: write provider: "7" (7.45.0), or "~> ${minor}" (docs/provider.md), or remove it.`;
    expect(sentences).toEqual([
      ...["auth", "backend", "frontend"].flatMap((name) => [
        needs(`services.${name}.readinessProbe is set`, "7.19.0", "7.19"),
        needs(`services.${name}.defaultUriDisabled is true`, "7.6.0", "7.6"),
      ]),
      needs('edge.tls.minVersion is "TLS_1_3"', "7.17.0", "7.17"),
      needs("cache.deletionProtection is true", "7.8.0", "7.8"),
      needs('deletionPolicy is "PREVENT"', "7.33.0", "7.33"),
    ]);
  });

  test("a constraint from the release on is enough", () => {
    const input = { ...production, deletionPolicy: "ABANDON", provider: "~> 7.33" } as EnvironmentInput;
    expect(parseEnvironment("production", input, TODAY).ok).toBe(true);
  });
});

describe("what a release does not take is found", () => {
  test.each([
    ["6", "template.containers.0.readiness_probe", { http_get: {} }, "schema/unknown-attribute"],
    ["8", "template.containers.0.readines_probe", { http_get: {} }, "schema/unknown-attribute"],
    ["8", "uid", "1", "schema/read-only"],
    ["8", "template.max_instance_request_concurrency", ["80"], "schema/wrong-type"],
    ["8", "template.volumes", [{}], "schema/missing-attribute"],
  ])("with provider %s: %s", (provider, path, value, rule) => {
    const found = findings(environment("alone", shapes.alone as EnvironmentInput, provider), (app) => {
      for (const construct of stackOf(app, "alone-service-worker").node.findAll())
        if (construct instanceof TerraformResource && /_service$/.test(construct.terraformResourceType))
          construct.addOverride(path, value);
    });
    expect(found).toContainEqual(expect.objectContaining({ rule, severity: "error" }));
  });

  test("a default that a release has changed", () => {
    const left = changedDefaults("google_compute_backend_service", "", {}, NEWEST_PROVIDER);
    expect(left).toContain(
      "google_compute_backend_service.load_balancing_scheme: EXTERNAL -> EXTERNAL_MANAGED",
    );
  });
});
