import { describe, expect, test } from "@jest/globals";
import { partMissing } from "../../../rules/edge/part-missing.ts";
import { memberForm } from "../../../rules/identity/member-form.ts";
import { secretAccess } from "../../../rules/identity/secret-access.ts";
import { connectionName } from "../../../rules/reachability/connection-name.ts";
import { namesExist } from "../../../rules/reachability/names-exist.ts";
import type { Rule } from "../../../rules/rule.ts";
import { check, type Resources } from "../support.ts";

const said = (rule: Rule, resources: Resources, whole = false) =>
  check(rule, resources, { whole }).map(({ severity, message }) => `${severity}: ${message}`);
const severities = (rule: Rule, resources: Resources, whole = false) =>
  check(rule, resources, { whole }).map(({ severity }) => severity);

/** The kind: a resource of another team or another state, named by hand next to own ones of its type. */
describe("what the input names and does not define", () => {
  const reader = (secret: string) => ({
    google_secret_manager_secret: { own: { secret_id: "orders-session-key" } },
    google_cloud_run_v2_service: {
      api: {
        name: "api",
        location: "europe-west1",
        template: {
          containers: {
            env: [{ name: "KEY", value_source: { secret_key_ref: { secret, version: "1" } } }],
          },
        },
      },
    },
  });

  test("another team's secret is a warning, a misspelled own one an error", () => {
    expect(said(secretAccess, reader("payments-token"))).toEqual([
      'warning: environment variable KEY reads the secret "payments-token"; rejected by the API: it is not defined here, and may exist elsewhere, and the revision does not become ready.',
    ]);
    expect(severities(secretAccess, reader("orders-session-keys"))).toEqual(["error"]);
    expect(severities(secretAccess, reader("payments-token"), true)).toEqual(["error"]);
    expect(severities(secretAccess, reader("orders-session-key"))).toEqual([]);
  });

  test("another team's account", () => {
    const grant = (account: string) => ({
      google_service_account: { own: { account_id: "orders-api" } },
      google_project_iam_member: {
        one: { role: "roles/viewer", member: `serviceAccount:${account}@acme-dev.iam.gserviceaccount.com` },
      },
    });
    expect(severities(memberForm, grant("payments"))).toEqual(["warning"]);
    expect(severities(memberForm, grant("order-api"))).toEqual(["error"]);
    expect(severities(memberForm, grant("payments"), true)).toEqual(["error"]);
  });

  test("another network", () => {
    const router = (network: string) => ({
      google_compute_network: { own: { name: "orders" } },
      google_compute_router: { one: { name: "one", region: "europe-west1", network } },
    });
    expect(said(namesExist, router("hub"))).toEqual([
      'warning: network names the compute network "hub", which is not defined here, and may exist elsewhere; rejected by the API: it does not exist.',
    ]);
    expect(severities(namesExist, router("order"))).toEqual(["error"]);
  });

  test("the one instance that another workload names in the same variable is meant", () => {
    const api = (name: string, value: string) => ({
      name,
      location: "europe-west1",
      template: { containers: { env: [{ name: "CLOUD_SQL_INSTANCE", value }] } },
    });
    const two = (...names: string[]) => ({
      google_sql_database_instance: Object.fromEntries(
        names.map((name) => [name, { name, region: "europe-west1", database_version: "POSTGRES_15" }]),
      ),
      google_cloud_run_v2_service: {
        api: api("api", "acme-dev:europe-west1:old"),
        web: api("web", "acme-dev:europe-west1:shared"),
      },
    });
    expect(severities(connectionName, two("shared"))).toEqual(["error"]);
    expect(severities(connectionName, two("shared", "reports"))).toEqual(["warning"]);
  });

  test("a part of a load balancer that nothing refers to is meant", () => {
    const proxy = (others: Resources = {}) => ({
      google_compute_url_map: { edge: { name: "edge" } },
      google_compute_target_http_proxy: { one: { name: "one", url_map: "frontend" } },
      ...others,
    });
    const used = {
      google_compute_target_https_proxy: {
        two: { name: "two", url_map: "${google_compute_url_map.edge.id}" },
      },
    };
    expect(severities(partMissing, proxy())).toEqual(["error"]);
    expect(severities(partMissing, proxy(used))).toEqual(["warning"]);
  });
});
