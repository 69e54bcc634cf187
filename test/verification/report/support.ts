import type { LocatedFinding } from "../../../rules/run.ts";
import type { Report } from "../../../verification/report/report.ts";

export function finding(of: Partial<LocatedFinding> = {}): LocatedFinding {
  return {
    rule: "edge/redirect",
    severity: "error",
    address: "google_compute_url_map.web",
    path: null,
    message: "The map sends nowhere: refused at apply.",
    fix: "Write a default_service.",
    source: "https://cloud.example/maps",
    origin: "infra/edge.tf:12",
    ...of,
  };
}

export function report(of: Partial<Report> = {}): Report {
  return {
    findings: [],
    waived: [],
    resources: 25,
    inputs: ["plan.json"],
    unread: [],
    gaveUp: [],
    notes: [],
    checks: { made: 412, open: 0, inputs: [] },
    ...of,
  };
}

/** Findings of each severity, one of them waived, and something that was not read. */
export const full: Report = report({
  findings: [
    finding(),
    finding({ message: "It is named twice.", fix: "Name it once." }),
    finding({
      severity: "warning",
      rule: "edge/ssl-policy",
      address: "google_compute_target_https_proxy.web",
    }),
    finding({ severity: "unknown", rule: "address/overlap", address: "google_compute_subnetwork.a" }),
    finding({ severity: "unknown", rule: "address/overlap", address: "google_compute_subnetwork.b" }),
    finding({
      severity: "unknown",
      rule: "time/drift",
      address: "x.y",
      message: "The timeout is known after apply.",
    }),
  ],
  waived: [
    {
      ...finding({ rule: "time/soak", address: "google_x.y" }),
      waiver: { rule: "time/soak", address: "google_x.y", reason: "ticket 12", expires: "2026-12-31" },
    },
  ],
  unread: ["module.vpc comes from a registry and was not read"],
});
