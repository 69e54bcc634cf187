import type { Environment } from "../../schema/environment.ts";
import type { Alert } from "../alert.ts";
import { platformDashboard } from "./platform-dashboard.ts";
import { serviceDashboard } from "./service-dashboard.ts";
import type { Dashboard } from "./widget.ts";

/** One for the platform, and one for each service. */
export function dashboards(environment: Environment, alerts: readonly Alert[]): Dashboard[] {
  return [
    platformDashboard(environment, alerts),
    ...environment.services.map((service) => serviceDashboard(environment, service, alerts)),
  ];
}
