import type { DashboardParts } from "./alert-charts.ts";
import { platformDashboard, regionDashboard } from "./platform-dashboard.ts";
import { serviceDashboard } from "./service-dashboard.ts";
import type { Dashboard } from "./widget.ts";

/** One for the platform, one for each service, and one for each further region. */
export function dashboards(parts: DashboardParts): Dashboard[] {
  return [
    platformDashboard(parts),
    ...parts.services.map((service) => serviceDashboard(parts, service)),
    ...parts.furtherRegions.map(regionDashboard),
  ];
}
