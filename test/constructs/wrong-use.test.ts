import { describe, expect, test } from "@jest/globals";
import { type TerraformStack, TerraformVariable } from "cdktf";
import { CloudNat } from "../../constructs/cloud-nat.ts";
import { dependOn } from "../../constructs/depend-on.ts";
import { HttpsLoadBalancer } from "../../constructs/edge/https-load-balancer.ts";
import { ServerlessBackend } from "../../constructs/edge/serverless-backend.ts";
import { WildcardCertificate } from "../../constructs/edge/wildcard-certificate.ts";
import { EgressFirewall } from "../../constructs/egress-firewall.ts";
import { PostgresDatabase } from "../../constructs/postgres-database.ts";
import { PrivateServicesAccess } from "../../constructs/private-services-access.ts";
import { ProjectApis } from "../../constructs/project-apis.ts";
import { RedisCache } from "../../constructs/redis-cache.ts";
import { ServiceIdentity } from "../../constructs/service-identity.ts";
import { VpcAccessConnector } from "../../constructs/vpc-access-connector.ts";
import { VpcNetwork } from "../../constructs/vpc-network.ts";
import { cidr } from "../../platform/units.ts";
import { type Sample, samples } from "../support/construct-samples.ts";
import { errorOf, stackOf, synthesize } from "../support/other-team.ts";
import { type Json, resource, resources } from "../support/synthesized.ts";

const network = "projects/acme-project/global/networks/main";
const region = "europe-west1";

function sampleOf(type: { readonly name: string }): Sample {
  const found = samples.find(({ name }) => name === type.name);
  if (found === undefined) throw new Error(`no sample of ${type.name}`);
  return found;
}

/** The app of one stack with the sample of a construct, some of its props changed. */
function changed(type: { readonly name: string }, changes: (stack: TerraformStack) => object) {
  const { build, props } = sampleOf(type);
  const { error, stacks } = synthesize((app) => {
    const stack = stackOf(app, "app");
    build(stack, "it", { ...props, ...changes(stack) });
  });
  return { errors: error.split("\n\n").slice(1), json: stacks.app };
}

/** The one that serves; the other redirects to HTTPS. */
const urlMap = (json: Json): Json =>
  resources(json, "google_compute_url_map").find((map) => map.host_rule !== undefined);

const number = (stack: TerraformStack) => new TerraformVariable(stack, "number", {}).numberValue;
const text = (stack: TerraformStack) => new TerraformVariable(stack, "text", {}).stringValue;

describe("what is known only at apply", () => {
  test("RedisCache: Terraform looks up the day, and rejects a number that is none", () => {
    const { json } = changed(RedisCache, (stack) => ({ maintenance: { day: number(stack), hour: 3 } }));
    const [window] = resource(json, "google_redis_instance").maintenance_policy.weekly_maintenance_window;
    expect(window.day).toBe(
      '${["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"][(var.number - 1)]}',
    );
  });

  test("PostgresDatabase: Terraform writes the hour of backups in two digits", () => {
    const backups = (stack: TerraformStack) => ({
      backups: { startHour: number(stack), retained: 7, logRetentionDays: 7 },
    });
    const { json } = changed(PostgresDatabase, backups);
    expect(resource(json, "google_sql_database_instance").settings.backup_configuration.start_time).toBe(
      '${format("%02d:00", var.number)}',
    );
  });

  test("HttpsLoadBalancer: a host has a path matcher named by its position", () => {
    const { json } = changed(HttpsLoadBalancer, (stack) => ({
      routes: [{ host: text(stack), fallback: "api", paths: [] }],
    }));
    expect(urlMap(json)).toMatchObject({
      host_rule: [{ hosts: ["${var.text}"], path_matcher: "host-1" }],
      path_matcher: [{ name: "host-1", default_service: "api" }],
    });
  });

  test("WildcardCertificate: Terraform makes names of the domain", () => {
    const { json } = changed(WildcardCertificate, (stack) => ({ domain: text(stack) }));
    expect(resource(json, "google_certificate_manager_certificate").name).toBe(
      'certificate-${replace(var.text, ".", "-")}',
    );
  });

  test("PrivateServicesAccess: Terraform takes the range apart", () => {
    const { json } = changed(PrivateServicesAccess, (stack) => ({ range: text(stack) }));
    expect(resource(json, "google_compute_global_address")).toMatchObject({
      address: "${cidrhost(var.text, 0)}",
      prefix_length: '${tonumber(element(split("/", var.text), 1))}',
    });
  });

  test("CloudNat: the number of its addresses is refused, because synth makes them", () => {
    const { errors } = changed(CloudNat, (stack) => ({ addresses: number(stack) }));
    expect(errors).toEqual([
      "app/it: addresses is known only at apply; rejected at synth: it decides which resources there are. Fix: Pass a value that is known at synth, for example from the context of the app.",
    ]);
  });

  test("a list of which each entry is a resource is refused, and a single entry is not", () => {
    const roles = (stack: TerraformStack) => new TerraformVariable(stack, "roles", {}).listValue;
    expect(changed(ServiceIdentity, (stack) => ({ roles: roles(stack) })).errors).toEqual([
      expect.stringMatching(/^app\/it: roles is known only at apply; rejected at synth: /),
    ]);
    const { errors, json } = changed(ServiceIdentity, (stack) => ({ roles: [text(stack)] }));
    expect(errors).toEqual([]);
    expect(resource(json, "google_project_iam_member").role).toBe("${var.text}");
  });
});

describe("numbers from which no resource can be made", () => {
  test.each([8, 0, 1.5, Number.NaN])("RedisCache: day %d", (day) => {
    const { errors } = changed(RedisCache, () => ({ maintenance: { day, hour: 3 } }));
    expect(errors[0]).toMatch(
      /^app\/it: maintenance\.day is \S+; rejected at plan: it must be a whole number from 1 to 7\. Fix: Set maintenance\.day to /,
    );
    expect(errors).toHaveLength(1);
  });

  test.each([0, -1, 1.5, Number.POSITIVE_INFINITY])("CloudNat: %d addresses", (addresses) => {
    const { errors } = changed(CloudNat, () => ({ addresses }));
    expect(errors).toEqual([
      expect.stringMatching(/^app\/it: addresses is \S+; rejected by the API: .* Fix: /),
    ]);
  });

  test("PrivateServicesAccess: a range without a prefix length", () => {
    expect(changed(PrivateServicesAccess, () => ({ range: "10.20.0.0" })).errors).toEqual([
      'app/it: range "10.20.0.0"; rejected at plan: it must be an IPv4 range in CIDR form. Fix: Write for example 10.10.0.0/16.',
    ]);
  });
});

describe("hosts of a load balancer", () => {
  const matchers = (...hosts: readonly string[]) => {
    const routes = hosts.map((host) => ({ host, fallback: "api", paths: [] }));
    const { errors, json } = changed(HttpsLoadBalancer, () => ({ routes }));
    expect(errors).toEqual([]);
    return urlMap(json).host_rule.map((rule: { hosts: string[]; path_matcher: string }) => [
      rule.hosts[0],
      rule.path_matcher,
    ]);
  };

  test("have path matchers of lower-case letters, digits and hyphens", () => {
    const long = `${"a".repeat(60)}.${"b".repeat(60)}.example.com`;
    const found = matchers("shop.example.com", "*.example.com", "Shop.Example.org", "*", long);
    expect(found).toEqual([
      ["shop.example.com", "host-shop-example-com"],
      ["*.example.com", "host-wildcard-example-com"],
      ["shop.example.org", "host-shop-example-org"],
      ["*", "host-wildcard"],
      [long, `host-${"a".repeat(53)}`],
    ]);
    for (const [, name] of found) expect(name).toMatch(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/);
  });

  test("that come to the same name are told apart", () => {
    expect(matchers("a-b.example.com", "a.b.example.com").map(([, name]: string[]) => name)).toEqual([
      "host-a-b-example-com",
      "host-a-b-example-com-2",
    ]);
  });

  test("are refused where they are there twice", () => {
    const routes = ["a.example.com", "A.example.com"].map((host) => ({ host, fallback: "api", paths: [] }));
    expect(changed(HttpsLoadBalancer, () => ({ routes })).errors).toEqual([
      expect.stringMatching(
        /host_rule\.hosts contains "a\.example\.com" in two blocks; rejected by the API: /,
      ),
    ]);
  });
});

describe("the same name twice", () => {
  test.each([
    [
      ServiceIdentity,
      { roles: ["roles/run.viewer", "roles/run.viewer"] },
      'roles contains "roles/run.viewer" twice',
    ],
    [
      ProjectApis,
      { apis: ["run.googleapis.com", "run.googleapis.com"] },
      'apis contains "run.googleapis.com" twice',
    ],
    [ServerlessBackend, { regions: [region, region] }, `regions contains "${region}" twice`],
    [
      EgressFirewall,
      {
        allow: ["6378", "6379"].map((port) => ({
          name: "redis",
          protocol: "tcp",
          ports: [port],
          ranges: ["10.0.0.0/8"],
        })),
      },
      'allow contains "redis" twice',
    ],
  ])("in %p is one clear sentence", (type, changes, message) => {
    expect(changed(type, () => changes).errors).toEqual([
      `app/it: ${message}; rejected at plan: two resources would have one address. Fix: Remove one of them, or give it another name.`,
    ]);
  });

  test("for two constructs names the construct", () => {
    const error = errorOf(() =>
      synthesize((app) => {
        const stack = stackOf(app, "app");
        for (const name of ["one", "two"]) new VpcNetwork(stack, "network", { name });
      }),
    );
    expect(error).toBe("There is already a Construct with name 'network' in TerraformStack [app]");
  });
});

describe("a construct of another stack", () => {
  const connector = (stack: TerraformStack, of: string) =>
    new VpcAccessConnector(stack, "connector", {
      name: "connector",
      network: of,
      region,
      range: cidr("10.8.0.0/28"),
      machineType: "e2-micro",
      minInstances: 2,
      maxInstances: 3,
    });

  test("works by reference: CDKTF hands the value over, and orders the stacks", () => {
    const { error, stacks } = synthesize((app) => {
      const { resource: main } = new VpcNetwork(stackOf(app, "first"), "network", { name: "main" });
      connector(stackOf(app, "second"), main.id);
    });
    expect(error).toBe("");
    expect(resource(stacks.second, "google_vpc_access_connector").network).toMatch(
      /^\$\{data\.terraform_remote_state\./,
    );
  });

  test("is waited for by its stack: depends_on names resources of its own stack only", () => {
    const { error, stacks } = synthesize((app) => {
      const [first, second] = [stackOf(app, "first"), stackOf(app, "second")];
      const needed = [first, second].map((stack) => new ProjectApis(stack, "apis", apis));
      dependOn(connector(second, network), ...needed);
      expect(second.dependencies.map(({ node }) => node.id)).toEqual(["first"]);
    });
    expect(error).toBe("");
    expect(resource(stacks.second, "google_vpc_access_connector").depends_on).toEqual([
      expect.stringMatching(/^google_project_service\.apis_/),
    ]);
  });

  test("is refused where each stack would wait for the other", () => {
    const error = errorOf(() =>
      synthesize((app) => {
        const [first, second] = [stackOf(app, "first"), stackOf(app, "second")];
        const [one, two] = [new ProjectApis(first, "apis", apis), new ProjectApis(second, "apis", apis)];
        dependOn(one, two);
        dependOn(two, one);
      }),
    );
    expect(error).toMatch(/second.*first|first.*second/s);
  });

  const apis = { project: "acme-project", apis: ["compute.googleapis.com"] };
});
