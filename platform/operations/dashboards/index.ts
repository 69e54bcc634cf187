import type { DashboardParts } from "./alert-charts.ts";
import { platformDashboard } from "./platform-dashboard.ts";
import { serviceDashboard } from "./service-dashboard.ts";
import type { Dashboard } from "./widget.ts";

/** One for the platform, and one for each service. */
export function dashboards(parts: DashboardParts): Dashboard[] {
  return [platformDashboard(parts), ...parts.services.map((service) => serviceDashboard(parts, service))];
}
