import { describe, expect, test } from "@jest/globals";
import { type TerraformStack, TerraformVariable } from "cdktf";
import { CloudNat } from "../../constructs/cloud-nat.ts";
import { CloudRunJob } from "../../constructs/cloud-run-job.ts";
import { CloudRunService } from "../../constructs/cloud-run-service.ts";
import { CloudStorageBucket } from "../../constructs/cloud-storage-bucket.ts";
import { ContainerRegistry } from "../../constructs/container-registry.ts";
import { dependOn } from "../../constructs/depend-on.ts";
import { CloudArmorPolicy } from "../../constructs/edge/cloud-armor-policy.ts";
import { HttpsLoadBalancer } from "../../constructs/edge/https-load-balancer.ts";
import { ServerlessBackend } from "../../constructs/edge/serverless-backend.ts";
import { WildcardCertificate } from "../../constructs/edge/wildcard-certificate.ts";
import { EgressFirewall } from "../../constructs/egress-firewall.ts";
import { GithubFederation } from "../../constructs/github-federation.ts";
import { DeadLetterTopic } from "../../constructs/messaging/dead-letter-topic.ts";
import { MessageTopic } from "../../constructs/messaging/message-topic.ts";
import { PushSubscription } from "../../constructs/messaging/push-subscription.ts";
import { ConnectivityTest } from "../../constructs/operations/connectivity-test.ts";
import { LogMetric } from "../../constructs/operations/log-metric.ts";
import { ScheduledJob } from "../../constructs/operations/scheduled-job.ts";
import { ServiceObjectives } from "../../constructs/operations/service-objectives.ts";
import { UptimeCheck } from "../../constructs/operations/uptime-check.ts";
import { PostgresDatabase } from "../../constructs/postgres-database.ts";
import { PrivateDnsZone } from "../../constructs/private-dns-zone.ts";
import { PrivateServicesAccess } from "../../constructs/private-services-access.ts";
import { ProjectApis } from "../../constructs/project-apis.ts";
import { RedisCache } from "../../constructs/redis-cache.ts";
import { Secret } from "../../constructs/secret.ts";
import { ServiceIdentity } from "../../constructs/service-identity.ts";
import { VpcAccessConnector } from "../../constructs/vpc-access-connector.ts";
import { VpcNetwork } from "../../constructs/vpc-network.ts";
import { WatchdogGrants } from "../../constructs/watchdog-grants.ts";
import { cidr } from "../../platform/units.ts";
import { NEWEST_PROVIDER } from "../../resources/versions.ts";
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
    const stack = stackOf(app, "app", NEWEST_PROVIDER);
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
      redirects: {},
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

test.each([
  ["foo.*.com", "foo.com"],
  ["*.*.*", "api.example.com"],
  ["a_b.example.com", "a-b.example.com"],
])("the host %s is refused with one that may be written", (host, example) => {
  const routes = [{ host, fallback: "api", paths: [] }];
  expect(changed(HttpsLoadBalancer, () => ({ routes })).errors[0]).toMatch(
    `Fix: Write for example "${example}", and name the host so in DNS.`,
  );
});

test("a number in the place of a host is refused as a host", () => {
  const routes = [{ host: 5, fallback: "api", paths: [] }];
  expect(changed(HttpsLoadBalancer, () => ({ routes })).errors.join()).toMatch(
    'routes have the host "5"; fails',
  );
});

describe("what JavaScript lets through in the place of a list or an object", () => {
  const list = (found: string) =>
    `${found}; rejected at synth: it must be a list. Fix: Write ["first", "second"], or [] for none.`;
  const object = (found: string) =>
    `${found}; rejected at synth: it must be an object. Fix: Write { NAME: "value" }, or {} for none.`;
  test.each([
    [ServiceIdentity, { roles: "roles/editor" }, list('roles is "roles/editor"')],
    [ServiceIdentity, { roles: { editor: true } }, list('roles is {"editor":true}')],
    [ProjectApis, { apis: null }, list("apis is null")],
    [HttpsLoadBalancer, { routes: "all" }, list('routes is "all"')],
    [ServiceObjectives, { objectives: null }, list("objectives is null")],
    [EgressFirewall, { allow: "all" }, list('allow is "all"')],
    [ProjectApis, { apis: undefined }, list("apis is not set")],
    [CloudRunService, { environment: null }, object("environment is null")],
    [CloudRunService, { environment: undefined }, object("environment is not set")],
    [CloudRunService, { environment: [] }, object("environment is a list")],
    [CloudRunJob, { secrets: "KEY" }, object('secrets is "KEY"')],
    [PrivateDnsZone, { records: 5 }, object("records is 5")],
  ])("%p takes no %j", (type, props, expected) => {
    expect(changed(type, () => props).errors).toContain(`app/it: ${expected}`);
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

/** Construct, property, values, and what the report says of each. */
const refused: readonly (readonly [
  type: { readonly name: string },
  place: string,
  values: readonly unknown[],
  said: RegExp,
])[] = [
  [
    VpcAccessConnector,
    "minInstances",
    [2.5, "2.5"],
    /min_instances is .*2\.5.*; rejected at plan: it is a whole number/,
  ],
  [
    VpcAccessConnector,
    "maxInstances",
    [0],
    /maxInstances is 0; fails at run time: a 0 counts as not written/,
  ],
  [VpcAccessConnector, "minInstances", [Number.NaN], /min_instances is NaN; rejected at synth/],
  [VpcAccessConnector, "name", ["", undefined], /name is (empty|missing)/],
  [VpcAccessConnector, "region", ["us-centrall"], /region is "us-centrall"; .* Write region = "us-central1"/],
  [
    CloudRunService,
    "minInstances",
    [6],
    /minInstances is 6 and maxInstances is 5; fails at run time: the minimum is never reached/,
  ],
  [CloudRunService, "minInstances", [-1], /min_instance_count is -1; rejected by the API/],
  [CloudRunService, "concurrency", [1.5], /max_instance_request_concurrency is 1\.5; .* a whole number/],
  [CloudRunService, "port", [80.5], /container_port is 80\.5; .* a whole number/],
  [CloudRunService, "port", [0], /port is 0; fails at run time/],
  [CloudRunService, "startupProbe.period", [0], /startupProbe\.period is 0; fails at run time/],
  [CloudRunService, "livenessProbe.failureThreshold", [0], /livenessProbe\.failureThreshold is 0/],
  [
    CloudRunService,
    "image",
    ["Api:latest", "europe-west1-docker.pkg.dev/a/b/c@sha256:123", "europe-west1-docker.pkg.dev/a/b/c:"],
    /image is ".*"; rejected by the API: it is not the name of an image/,
  ],
  [
    CloudRunService,
    "serviceAccount",
    ["api", "api@", "api@acme project"],
    /the service account is ".*"; .* not the e-mail/,
  ],
  [
    CloudRunService,
    "secrets.API_KEY.secret",
    ["api key", "a/b", ""],
    /has the secret ".*"; .* not the id of a secret/,
  ],
  [CloudRunService, "secrets.API_KEY.version", [-1, 1.5], /has version ".*"; rejected by the API/],
  [
    CloudRunService,
    "stable",
    ["api 1", "Api-1"],
    /revision is ".*"; rejected by the API: it must be the name of a revision/,
  ],
  [CloudRunJob, "serviceAccount", ["api"], /the service account is "api"/],
  [CloudRunJob, "taskTimeout", [0], /taskTimeout is 0/],
  [
    CloudRunJob,
    "mountedBuckets.0.mount",
    ["uploads", "/proc/uploads", "/tmp/work"],
    /mount(_path is|ed at) ".*"; rejected by the API/,
  ],
  [
    CloudRunService,
    "mountedBuckets.0.bucket",
    ["Acme Uploads", "gs://acme-uploads"],
    /bucket ".*"; fails at run time: no bucket has this name/,
  ],
  [CloudRunService, "inMemoryVolumes.0.size", ["256MB"], /size_limit "256MB"; rejected by the API/],
  [CloudStorageBucket, "name", ["Uploads", "up", "google-uploads"], /name is ".*"; rejected by the API/],
  [CloudStorageBucket, "deleteAfterDays", [0], /deleteAfterDays is 0/],
  [CloudStorageBucket, "deleteAfterDays", [1.5], /age/],
  [
    CloudStorageBucket,
    "readers.report",
    ["report"],
    /member is "serviceAccount:report"; rejected by the API/,
  ],
  [MessageTopic, "name", ["goog-orders", "or", "a/b"], /name is ".*"; rejected by the API/],
  [MessageTopic, "retention", [599, 2_678_401], /message_retention_duration is .*; rejected by the API/],
  [MessageTopic, "retention", [0], /retention is 0/],
  [
    DeadLetterTopic,
    "agent",
    ["service-acme@gcp-sa-pubsub.iam.gserviceaccount.com"],
    /member is ".*service-acme@.*"; rejected by the API/,
  ],
  [
    PushSubscription,
    "deadline",
    [9, 601],
    /ack_deadline_seconds is .* s; rejected by the API: it must be 10 to 600 s/,
  ],
  [PushSubscription, "deadline", [0], /deadline is 0/],
  [PushSubscription, "attempts", [4, 101], /max_delivery_attempts is .*; rejected by the API/],
  [PushSubscription, "attempts", [0], /attempts is 0/],
  [
    PushSubscription,
    "service",
    ["http://invoices", "invoices"],
    /push_endpoint is ".*"; rejected by the API/,
  ],
  [PushSubscription, "serviceAccount", ["invoices"], /service_account_email is "invoices"; .*/],
  [ContainerRegistry, "name", ["Images", "a_b"], /repository_id is ".*"; rejected by the API/],
  [
    CloudArmorPolicy,
    "requestsPerMinute",
    [0, -1],
    /count is .*; rejected by the API: it must be at least 1 requests/,
  ],
  [CloudArmorPolicy, "firewall", ["off"], /firewall is "off"; .* would be taken for "enforce"/],
  [
    HttpsLoadBalancer,
    "routes.0.host",
    ["a_b.example.com"],
    /host "a_b\.example\.com"; .* Fix: Write for example "a-b\.example\.com"/,
  ],
  [HttpsLoadBalancer, "routes.0.host", ["bücher.de"], /hosts contains "bücher\.de"; .* "xn--bcher-kva\.de"/],
  [HttpsLoadBalancer, "routes.0.host", ["1.2.3.4"], /host "1\.2\.3\.4"; .* it is an address, and not a name/],
  [
    HttpsLoadBalancer,
    "routes.0.host",
    ["api.example.com."],
    /"api\.example\.com\."; .*(not a domain name|no dot at its end)/,
  ],
  [
    HttpsLoadBalancer,
    "routes.0.host",
    ["localhost", "-a.example.com"],
    /routes have the host ".*"; fails at run time/,
  ],
  [
    HttpsLoadBalancer,
    "certificateMap",
    ["//certificatemanager.googleapis.com/projects/p/locations/global/certificateMaps/main", "main"],
    /certificate_map is ".*"; rejected by the API: it must be the full name of a map/,
  ],
  [
    ServerlessBackend,
    "regions",
    [[]],
    /regions has 0 entries; fails at run time: without a region there is no backend/,
  ],
  [
    WildcardCertificate,
    "domain",
    ["a_b.example.com", "bücher.de", "1.2.3.4", "example"],
    /domain is ".*"; rejected by the API/,
  ],
  [EgressFirewall, "allow.0.protocol", ["http", " tcp"], /protocol is ".*"; rejected by the API/],
  [
    EgressFirewall,
    "allow.0.ports",
    [["http"], ["70000"], ["9000-8000"], ["6378,6379"], [""]],
    /ports contains ".*"; rejected by the API: a port is a number up to 65535/,
  ],
  [
    EgressFirewall,
    "allow.0.ports",
    [[]],
    /ports has 0 entries; fails at run time: it would allow every port/,
  ],
  [
    EgressFirewall,
    "allow.0.ranges",
    [["300.0.0.0/8"], ["redis"], ["10.0.0.0/33"]],
    /destination_ranges contains ".*"; rejected/,
  ],
  [
    EgressFirewall,
    "allow.0.ranges",
    [[]],
    /ranges has 0 entries; fails at run time: it would allow every destination/,
  ],
  [
    GithubFederation,
    "repositoryId",
    ["acme/web"],
    /repositoryId is "acme\/web"; fails at run time: it must be the id/,
  ],
  [GithubFederation, "pool", ["gh", "gcp-pool"], /workload_identity_pool_id is ".*"; rejected at plan/],
  [ConnectivityTest, "port", [70000], /port is 70000; rejected by the API/],
  [
    ConnectivityTest,
    "source",
    ["api", "10.9.0"],
    /ip_address is ".*"; rejected by the API: it is not an address/,
  ],
  [
    ConnectivityTest,
    "destination",
    [{}],
    /none of .* is set; rejected by the API: exactly one of them must be set/,
  ],
  [
    LogMetric,
    "labels",
    [{ reason: "jsonPayload.reason" }],
    /label_extractors\.reason is .* Write for example "EXTRACT\(jsonPayload\.reason\)"/,
  ],
  [ScheduledJob, "serviceAccount", ["api"], /(service_account_email|member) is ".*api"; rejected by the API/],
  [
    ServiceObjectives,
    "objectives.0.indicator.milliseconds",
    [0, -5],
    /milliseconds is .*; rejected by the API/,
  ],
  [UptimeCheck, "host", ["bücher.de"], /host is "bücher\.de"; fails at run time: names are written in ASCII/],
  [PostgresDatabase, "diskGibibytes", [0], /diskGibibytes is 0/],
  [PostgresDatabase, "maintenance.hour", [1.5], /hour is 1\.5; .* a whole number/],
  [PostgresDatabase, "labels", [{ Team: "x" }], /user_labels holds Team = "x"; rejected by the API/],
  [
    PrivateDnsZone,
    "domain",
    ["acme internal", "bücher.internal", "acme.internal."],
    /dns_name is ".*"; rejected by the API/,
  ],
  [
    PrivateDnsZone,
    "records",
    [{ "a..b": "10.20.0.3" }, { "": "10.20.0.3" }],
    /name is ".*"; rejected by the API: it is not a domain name/,
  ],
  [PrivateDnsZone, "name", ["Private"], /name is "Private"; rejected by the API/],
  [
    ProjectApis,
    "apis",
    [["run"], ["run.googleapis.co"], ["Run.googleapis.com"]],
    /service is ".*"; rejected by the API/,
  ],
  [
    Secret,
    "readers",
    [{ api: "api" }, { api: "serviceAccount:api@acme.iam.gserviceaccount.com" }, { api: "" }],
    /member is ".*"; rejected by the API: serviceAccount: is followed by the e-mail/,
  ],
  [WatchdogGrants, "roleId", ["a", "a-b"], /role_id is ".*"; rejected at plan/],
];

function at(props: unknown, [step, ...rest]: readonly string[], value: unknown): unknown {
  if (step === undefined) return value;
  if (Array.isArray(props))
    return props.map((item, index) => (String(index) === step ? at(item, rest, value) : item));
  const record = props as Readonly<Record<string, unknown>>;
  return { ...record, [step]: at(record[step], rest, value) };
}

test("values that Google rejects or reads in another way are refused, with the construct, what happens and the fix", () => {
  const cases = refused.flatMap(([type, place, values, said]) =>
    values.map((value) => ({ type, place, value, said })),
  );
  const { error } = synthesize((app) => {
    for (const [index, { type, place, value }] of cases.entries()) {
      const { build, props } = sampleOf(type);
      build(
        stackOf(app, `case-${index}`, NEWEST_PROVIDER),
        "it",
        at(props, place.split("."), value) as object,
      );
    }
  });
  const reported = error.split("\n\n");
  const silent = cases.filter(
    ({ said }, index) =>
      !reported.some(
        (line) => line.startsWith(`case-${index}/it`) && said.test(line) && / Fix: ./.test(line),
      ),
  );
  expect(silent.map(({ type, place, value }) => [type.name, place, value])).toEqual([]);
});

describe("hosts of a load balancer", () => {
  const matchers = (...hosts: readonly string[]) => {
    const routes = hosts.map((host) => ({ host, fallback: "api", paths: [] }));
    const { errors, json } = changed(HttpsLoadBalancer, () => ({ routes, redirects: {} }));
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
    [ServiceIdentity, { roles: ["roles/run.viewer", "run.viewer"] }, 'roles contains "run.viewer" twice'],
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
    expect(error).toBe(
      "app/network: there is a construct of this path already; rejected at synth: its resources would have the same addresses. Fix: Give each construct of a scope an id of its own.",
    );
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
