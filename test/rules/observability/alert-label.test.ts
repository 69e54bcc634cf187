import { describe, expect, test } from "@jest/globals";
import { alertLabel } from "../../../rules/observability/alert-label.ts";
import { check } from "../support.ts";
import { alert, countedBy, database, filter } from "./alert-fixture.ts";

describe("observability/alert-label", () => {
  const messages = (resource: string, more: string, others: object = {}) =>
    check(
      alertLabel,
      alert({ filter: filter("x.googleapis.com/y", resource, ` AND ${more}`) }, {}, { ...others }),
    ).map(({ message }) => message);
  const platform = {
    google_cloud_run_v2_service: { api: { name: "api", location: "europe-west1" } },
    ...database("POSTGRES_16"),
  };

  test("names of the input hold, of another project too", () => {
    expect(messages("cloud_run_revision", 'resource.labels.service_name="api"', platform)).toEqual([]);
    expect(messages("cloudsql_database", 'resource.label.database_id="acme-dev:main"', platform)).toEqual([]);
    expect(messages("cloudsql_database", 'resource.label.database_id="other:orders"', platform)).toEqual([]);
    expect(messages("cloud_run_revision", 'resource.labels.service_name=~"ap.*"', platform)).toEqual([]);
    expect(messages("vpc_access_connector", 'resource.labels.connector_name="c"', platform)).toEqual([]);
  });

  test("others never fire, the nearest is named", () => {
    expect(messages("cloud_run_revision", 'resource.labels.service_name="apii"', platform)).toEqual([
      'the condition "errors" watches service_name "apii"; fails at run time: it never fires, as it is not defined; the nearest is google_cloud_run_v2_service.api ("api").',
    ]);
    expect(
      messages("cloudsql_database", 'resource.label.database_id="acme-dev:mian"', platform),
    ).toHaveLength(1);
  });

  test("subscriptions and topics of Pub/Sub are known by their names", () => {
    const orders = {
      google_pubsub_topic: { orders: { name: "orders" } },
      google_pubsub_subscription: { orders: { name: "orders-invoices", topic: "orders" } },
    };
    const watched = (kind: string, name: string) =>
      messages(`pubsub_${kind}`, `resource.labels.${kind}_id="${name}"`, orders);
    expect([...watched("topic", "orders"), ...watched("subscription", "orders-invoices")]).toEqual([]);
    expect(watched("subscription", "orders-invoice")).toEqual([
      'the condition "errors" watches subscription_id "orders-invoice"; fails at run time: it never fires, as it is not defined; the nearest is google_pubsub_subscription.orders ("orders-invoices").',
    ]);
    expect(messages("pubsub_subscription", 'resource.labels.topic_id="orders"', orders)).toHaveLength(1);
  });

  test("a label has the form that Monitoring reports, and belongs to its resource", () => {
    const sql = (label: string) => messages("cloudsql_database", label);
    expect(sql('resource.labels.database_id="acme-dev:db"')).toEqual([]);
    expect(sql('resource.labels.database_id="db"')).toEqual([
      'the condition "errors" watches database_id "db"; fails at run time: Monitoring reports PROJECT:INSTANCE, so it never fires.',
    ]);
    expect(sql('resource.labels.instance="acme-dev:db"')).toHaveLength(1);
    expect(sql('metric.labels.database="app"')).toEqual([]);
  });

  test("Cloud NAT is watched by its name", () => {
    const nat = {
      google_compute_router_nat: { nat: { name: "acme-nat", router: "r", region: "europe-west1" } },
    };
    const named = (label: string) => messages("nat_gateway", `resource.labels.${label}`, nat);
    expect(named('gateway_name="acme-nat"')).toEqual([]);
    expect(named('gateway_name="acme-nta"')).toEqual([
      expect.stringContaining("the nearest is google_compute_router_nat.nat"),
    ]);
    expect(named('nat_name="acme-nat"')).toEqual([
      expect.stringMatching(
        /filters by resource\.labels\.nat_name; rejected by the API, or .*: nat_gateway has/,
      ),
    ]);
  });

  test("a backend of the load balancer is watched by its name", () => {
    const backend = { google_compute_backend_service: { api: { name: "edge-api" } } };
    const requests = (name: string) =>
      messages("https_lb_rule", `resource.labels.backend_target_name="${name}"`, backend);
    expect(requests("edge-api")).toEqual([]);
    expect(requests("api")).toHaveLength(1);
  });

  test("what an objective counts exists", () => {
    expect(countedBy(alertLabel, "response_code_class=500")).toEqual([]);
    expect(countedBy(alertLabel, "response_code_class=500", "api-edge")).toEqual([
      expect.stringMatching(
        /^bad_service_filter watches backend_target_name "api-edge"; fails at run time: it counts nothing, as it is not defined; the nearest is /,
      ),
    ]);
  });
});
