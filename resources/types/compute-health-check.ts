import { range } from "../constraints/index.ts";
import type { FieldRule, ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  safe: "the API rejects the deletion of one that is in use",
};

const KINDS = ["http", "https", "http2", "tcp", "ssl", "grpc"];

const servingPort: FieldRule = {
  id: "edge/health-check-port",
  why: "A health check asks at a port of its own or at the one that serves; the provider lets both pass.",
  source: "https://docs.cloud.google.com/load-balancing/docs/health-check-concepts#hc-port",
  constraints: KINDS.map((kind) =>
    range("port", {
      within: `${kind}_health_check`,
      high: 0,
      when: { port_specification: ["USE_SERVING_PORT"] },
      because: "with USE_SERVING_PORT it asks at the port of each endpoint",
      fix: "Remove port, or port_specification.",
    }),
  ),
};

/** Health checks. */
export const computeHealthChecks: readonly ResourceType[] = [
  {
    type: "google_compute_health_check",
    label: "health check",
    nameScope: "project",
    collection: "healthChecks",
    deleteImpact,
    fieldRules: [servingPort],
  },
  {
    type: "google_compute_region_health_check",
    label: "health check",
    deleteImpact,
    fieldRules: [servingPort],
  },
];
